package dev.workerpool.operator;

import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.AddressRules;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.ByProtocol;
import dev.workerpool.broker.rabbitmq.RabbitBroker;
import dev.workerpool.broker.redis.RedisBroker;
import dev.workerpool.operator.OperatorConfig.Lease;
import dev.workerpool.operator.OperatorProcess.Surroundings;
import dev.workerpool.telemetry.BrokerMetrics;
import dev.workerpool.telemetry.HealthServer;
import dev.workerpool.telemetry.LeaderMetric;
import dev.workerpool.telemetry.PoolMetrics;
import dev.workerpool.telemetry.page.FleetMemory;
import dev.workerpool.telemetry.page.PageServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the operator in a process of its own, until that process is told to end. */
public final class OperatorRun {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorRun.class);

    /** A pod's default grace period is 30 s. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private OperatorRun() {}

    /**
     * Where this process listens.
     *
     * @param page where the page is served; nowhere where empty
     */
    public record Listen(InetSocketAddress health, Optional<InetSocketAddress> page) {}

    /** Returns the exit status once the process is told to stop; everything is closed by then. */
    @SuppressWarnings("try") // the page is served until it is closed
    public static int untilStopped(OperatorConfig config, Optional<Path> kubeconfig, Listen listen)
            throws IOException, InterruptedException {
        Stop stop = Stop.onShutdown();
        AtomicReference<Optional<OperatorProcess>> running = new AtomicReference<>(Optional.empty());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        HealthServer.Answers answers = new HealthServer.Answers(
                () -> true, () -> running.get().filter(OperatorProcess::ready).isPresent(), registry::scrape);
        Term term = new Term(config.lease().map(Lease::renewDeadline).orElse(Duration.ZERO), System::nanoTime);
        BooleanSupplier leads = () -> config.lease().isEmpty() || term.runs();
        FleetMemory memory = new FleetMemory(Clock.systemUTC(), leads);
        LeaderMetric.register(registry, memory::leads);
        var metered = new Metered(new PoolMetrics(registry, Clock.systemUTC()), new BrokerMetrics(registry));
        Wiring.Listeners listeners =
                listen.page().isPresent() ? listeners(new Remembered(memory, metered)) : listeners(metered);
        Metrics metrics = new AggregatedMetrics(
                List.of(MicrometerMetrics.withoutPerResourceMetrics(registry), new FirstReconcile(leads)));
        try (KubernetesClient client = KubernetesConnection.open(config, kubeconfig, term);
                HealthServer health = HealthServer.start(listen.health(), answers);
                Closeable page = page(listen, memory);
                OperatorProcess process =
                        OperatorProcess.start(config, surroundings(config, client, metrics, listeners), term)) {
            running.set(Optional.of(process));
            LOG.info(
                    "started after {} ms; health and metrics on port {}",
                    ManagementFactory.getRuntimeMXBean().getUptime(),
                    health.port());
            stop.told.await();
            LOG.info("stopping");
            running.set(Optional.empty());
        } finally {
            stop.done.countDown();
        }
        return 0;
    }

    private static <T extends PoolListener & BrokerListener> Wiring.Listeners listeners(T both) {
        return new Wiring.Listeners(both, both);
    }

    private static Closeable page(Listen listen, FleetMemory memory) throws IOException {
        if (listen.page().isEmpty()) {
            return () -> {};
        }
        PageServer page = PageServer.start(listen.page().get(), memory);
        LOG.info("the page is on port {}", page.port());
        return page;
    }

    private static Surroundings surroundings(
            OperatorConfig config, KubernetesClient client, Metrics metrics, Wiring.Listeners listeners) {
        return new Surroundings(client, brokers(config, guard(config, client)), listeners, metrics);
    }

    private static BrokerClient brokers(OperatorConfig config, AddressGuard guard) {
        Clock clock = Clock.systemUTC();
        RandomGenerator random = RandomGenerator.getDefault();
        return new ByProtocol(
                new RedisBroker(clock, random, config.pushInterval(), guard), new RabbitBroker(clock, random, guard));
    }

    private static AddressGuard guard(OperatorConfig config, KubernetesClient client) {
        AddressRules rules = config.addresses();
        if (!rules.equals(AddressRules.NONE)) {
            LOG.info("for Brokers, addresses allowed: {}, denied: {}", rules.allowed(), rules.denied());
        }
        return new AddressGuard(rules, ApiServerAddresses.of(client));
    }

    /** Told by SIGTERM or SIGINT; the JVM ends once it is done. */
    private record Stop(CountDownLatch told, CountDownLatch done) {
        static Stop onShutdown() {
            Stop stop = new Stop(new CountDownLatch(1), new CountDownLatch(1));
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop::run));
            return stop;
        }

        private void run() {
            told.countDown();
            try {
                if (!done.await(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                    LOG.warn("not everything was closed within {}", STOP_WITHIN);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
