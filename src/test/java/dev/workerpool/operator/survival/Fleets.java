package dev.workerpool.operator.survival;

import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Many plain pools on one broker. Pool {@code x} has its jobs in the list {@code jobs:x}. */
record Fleets(KubernetesClient client, String namespace) {

    Pools pools() {
        return new Pools(client, namespace);
    }

    void broker(RedisServer redis) {
        pools().createBroker(redis);
        pools().awaitBroker("jobs", "Ready", ready -> "True".equals(ready.getStatus()), Duration.ofSeconds(60));
    }

    void pool(String name) {
        pool(name, 0);
    }

    void pool(String name, int minReplicas) {
        pools().create(APool.named(name)
                .withJobsIn("jobs:{queue}", "running:{queue}")
                .withConcurrency(2)
                .with("scaling: {minReplicas: %d, maxReplicas: 8, target: {backlogPerWorker: 1}, idleAfter: 5s}"
                        .formatted(minReplicas))
                .withWorkers()
                .yaml());
    }

    void pools(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            pool(prefix + i);
        }
    }

    void awaitReady(int count, Duration atMost) {
        Awaitility.await(count + " pools that are Ready")
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> ready() == count);
    }

    private long ready() {
        return client.resources(dev.workerpool.api.WorkerPool.class).inNamespace(namespace).list().getItems().stream()
                .filter(pool -> Optional.ofNullable(pool.getStatus()).map(WorkerPoolStatus::conditions).stream()
                        .flatMap(List::stream)
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus())))
                .count();
    }
}
