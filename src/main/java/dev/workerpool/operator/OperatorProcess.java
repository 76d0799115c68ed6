package dev.workerpool.operator;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The operator as a whole: registered, started, stopped. */
public final class OperatorProcess implements AutoCloseable {
    private static final int RECONCILE_THREADS = 20;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Operator operator;
    private final Wiring wiring;

    private OperatorProcess(Operator operator, Wiring wiring) {
        this.operator = operator;
        this.wiring = wiring;
    }

    /** Registers and starts everything; with a lease, reconciling begins once this process holds it. */
    public static OperatorProcess start(
            OperatorConfig config,
            KubernetesClient client,
            BrokerClient brokers,
            PoolListener listener,
            Metrics metrics) {
        Operator operator = new Operator(overrider -> configure(overrider, config, client, metrics));
        Wiring wiring = Wiring.of(client, brokers, config, listener, Clock.systemUTC());
        // The pool controller first: the session of a Broker tells its pools what was measured.
        operator.register(wiring.poolReconciler(), controller -> controller(controller, config));
        operator.register(wiring.brokerReconciler(), controller -> controller(controller, config));
        operator.start();
        return new OperatorProcess(operator, wiring);
    }

    private static void configure(
            ConfigurationServiceOverrider overrider, OperatorConfig config, KubernetesClient client, Metrics metrics) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(RECONCILE_THREADS)
                .withReconciliationTerminationTimeout(STOP_WITHIN)
                .withUseSSAToPatchPrimaryResource(true)
                .withMetrics(metrics);
        config.lease()
                .ifPresent(lease -> overrider.withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
                                .withLeaseNamespace(lease.namespace())
                                .withIdentity(lease.identity())
                                .withLeaseDuration(lease.duration())
                                .withRenewDeadline(lease.renewDeadline())
                                .withRetryPeriod(lease.retryPeriod())
                                .build()));
    }

    private static <P extends HasMetadata> void controller(
            ControllerConfigurationOverrider<P> controller, OperatorConfig config) {
        if (!config.namespaces().isEmpty()) {
            controller.settingNamespaces(config.namespaces());
        }
        controller
                .withFieldManager(Labels.OPERATOR)
                // Retries do not end: after the last of them nothing would bring a pool back but a restart.
                .withRetry(new GenericRetry()
                        .setInitialInterval(500)
                        .setIntervalMultiplier(2)
                        .setMaxInterval(Duration.ofMinutes(1).toMillis())
                        .withoutMaxAttempts())
                // Annotations have no generation, and people set them to be heard.
                .withGenerationAware(false)
                .withOnUpdateFilter((after, before) -> changed(before, after));
    }

    /** A status is the operator's own; everything else may matter. */
    private static boolean changed(HasMetadata before, HasMetadata after) {
        return !Objects.equals(
                        before.getMetadata().getGeneration(),
                        after.getMetadata().getGeneration())
                || !Objects.equals(annotations(before), annotations(after))
                || !Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels());
    }

    private static Map<String, String> annotations(HasMetadata of) {
        return Objects.requireNonNullElse(of.getMetadata().getAnnotations(), Map.of());
    }

    /** Whether every watch works: the caches are then as new as the cluster. */
    public boolean ready() {
        return operator.getRuntimeInfo().isStarted()
                && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    @Override
    public void close() {
        operator.stop();
        wiring.close();
    }
}
