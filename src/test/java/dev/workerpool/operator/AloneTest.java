package dev.workerpool.operator;

import static org.awaitility.Awaitility.await;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Presented;
import dev.workerpool.broker.Probe;
import dev.workerpool.operator.OperatorProcess.Surroundings;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Sighting;
import dev.workerpool.testing.builders.AWorkerPool;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class AloneTest {
    @SuppressWarnings("NullAway.Init") // by the extension
    KubernetesClient client;

    private final List<PoolKey> told = new CopyOnWriteArrayList<>();

    @Test
    @SuppressWarnings("try") // it runs until it is closed
    void anOperatorWithoutALeaseReconcilesWhatWasThereBeforeIt() {
        WorkerPool pool = AWorkerPool.aWorkerPool().build();
        client.resource(pool).create();
        var config = new OperatorConfig(Set.of("shop"), Optional.empty());
        var around = new Surroundings(
                client, new NoBroker(), new Wiring.Listeners(new Pools(), new Brokers()), Metrics.NOOP);
        try (OperatorProcess process =
                OperatorProcess.start(config, around, new Term(Duration.ZERO, System::nanoTime))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> told.contains(new PoolKey("shop", "mail")));
        }
    }

    private static final class NoBroker implements BrokerClient {
        @Override
        public Probe probe(Connection connection, Duration timeout) {
            throw new UnsupportedOperationException("there is no Broker");
        }

        @Override
        public Presented present(Connection connection, Duration timeout) {
            throw new UnsupportedOperationException("there is no Broker");
        }

        @Override
        public Session open(Connection connection, Duration pollInterval, Listener listener) {
            throw new UnsupportedOperationException("there is no Broker");
        }

        @Override
        public void close() {}
    }

    private final class Pools implements PoolListener {
        @Override
        public void observed(PoolKey pool, Sighting sighting) {}

        @Override
        public void told(PoolKey pool, List<Condition> conditions) {
            told.add(pool);
        }

        @Override
        public void scaled(PoolKey pool, int from, int to, Decision decision) {}

        @Override
        public void gone(PoolKey pool) {}

        @Override
        public void noneKnown() {}
    }

    private static final class Brokers implements BrokerListener {
        @Override
        public void told(
                BrokerKey broker,
                BrokerStatus status,
                java.util.Map<dev.workerpool.status.Lifetime.Holder, java.time.Instant> ends) {}

        @Override
        public void gone(BrokerKey broker) {}

        @Override
        public void noneKnown() {}
    }
}
