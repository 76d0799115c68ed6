package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The shortest way through everything. */
@RealControlPlane
class FirstRunIT {
    @Test
    void a_pool_starts_from_zero_when_a_job_waits(
            ControlPlane cluster, KubernetesClient client, TestNamespace namespace) {
        Pools pools = new Pools(client, namespace.name());
        try (RedisServer redis = RedisServer.plain();
                PackagedOperator operator = PackagedOperator.start(
                        cluster.kubeconfigFor("operator-" + namespace, "system:masters"),
                        "--namespace",
                        namespace.name())) {
            pools.create("""
                    apiVersion: workerpool.dev/v1alpha1
                    kind: Broker
                    metadata: {name: jobs}
                    spec: {url: {value: "%s"}}
                    ---
                    apiVersion: workerpool.dev/v1alpha1
                    kind: WorkerPool
                    metadata: {name: mail}
                    spec:
                      brokerRef: {name: jobs}
                      framework: Custom
                      custom:
                        waiting: [{type: List, key: "jobs:{queue}"}]
                        running: [{type: Hash, key: "running"}]
                      queues: [{name: mail}]
                      concurrency: 2
                      scaling: {minReplicas: 0, maxReplicas: 5, target: {backlogPerWorker: 3}, idleAfter: 5s}
                      template:
                        spec: {containers: [{name: worker, image: example.com/worker}]}
                    """.formatted(redis.urlWithoutCredentials()));
            pools.awaitReplicas("mail", 0, Duration.ofSeconds(20));
            redis.cli("RPUSH", "jobs:mail", "a", "b", "c", "d");
            pools.awaitReplicas("mail", 2, Duration.ofSeconds(10));
            pools.awaitCondition("mail", "Ready", ready -> "True".equals(ready.getStatus()), Duration.ofSeconds(30));
            assertEquals(143, operator.stop(), "ended by SIGTERM, in good order");
        }
    }
}
