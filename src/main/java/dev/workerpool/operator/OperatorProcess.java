package dev.workerpool.operator;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The operator as a whole: registered, started, stopped. */
public final class OperatorProcess implements AutoCloseable {
    private static final int RECONCILE_THREADS = 20;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Operator operator;
    private final Wiring wiring;
    private final Optional<Elector> elector;

    private OperatorProcess(Operator operator, Wiring wiring, Optional<Elector> elector) {
        this.operator = operator;
        this.wiring = wiring;
        this.elector = elector;
    }

    /** Whom it speaks to, and who hears of it. */
    record Surroundings(KubernetesClient client, BrokerClient brokers, Wiring.Listeners listeners, Metrics metrics) {}

    /** Registers and starts everything; with a lease, reconciling begins once this process holds it. */
    static OperatorProcess start(OperatorConfig config, Surroundings around, Term term) {
        Operator operator = new Operator(overrider -> configure(overrider, around));
        Wiring wiring = new Wiring(around.client(), around.brokers(), config, around.listeners(), Clock.systemUTC());
        // The pool controller first: the session of a Broker tells its pools what was measured.
        operator.register(wiring.poolReconciler(), controller -> controller(controller, config));
        operator.register(wiring.brokerReconciler(), controller -> controller(controller, config));
        Optional<Elector> elector = config.lease().map(lease -> elector(lease, around.client(), term, wiring));
        operator.start();
        wiring.awaitCaches();
        // Only now: before the start there is nobody to wake for what is already there.
        elector.ifPresentOrElse(Elector::stand, wiring::lead);
        return new OperatorProcess(operator, wiring, elector);
    }

    private static Elector elector(OperatorConfig.Lease lease, KubernetesClient client, Term term, Wiring wiring) {
        return new Elector(
                lease,
                new LeaseRequests(client, lease),
                new Leases(lease, Clock.systemUTC()),
                term,
                new Elector.Office() {
                    @Override
                    public void taken() {
                        wiring.lead();
                    }

                    @Override
                    public void lost() {
                        wiring.rest();
                    }
                });
    }

    private static void configure(ConfigurationServiceOverrider overrider, Surroundings around) {
        overrider
                .withKubernetesClient(around.client())
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(RECONCILE_THREADS)
                .withReconciliationTerminationTimeout(STOP_WITHIN)
                .withUseSSAToPatchPrimaryResource(true)
                .withMetrics(around.metrics());
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
        // First: while caches are emptied, what is there looks as if it were missing, and would be made again.
        wiring.rest();
        operator.stop();
        // Nothing is reconciled any more: another may begin.
        elector.ifPresent(Elector::close);
        wiring.close();
    }
}
