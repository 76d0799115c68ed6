package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A namespace in which the API server itself enforces the restricted Pod Security Standard takes the pods of every framework. */
@RealControlPlane
class RestrictedNamespaceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> EXAMPLES = List.of("celery", "sidekiq", "rq", "bullmq", "resque", "custom");

    @Test
    void the_examples_of_all_frameworks_have_their_pods_there(ControlPlane cluster, TestNamespace namespace)
            throws IOException {
        namespace.enforceRestricted(cluster.admin());
        try (RedisServer redis = RedisServer.plain();
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            Pools pools = new Pools(cluster.admin(), namespace.name());
            pools.createBroker(redis);
            for (String example : EXAMPLES) {
                ObjectNode pool = pool(example);
                pools.create(Serialization.asYaml(pool));
                String name = pool.at("/metadata/name").asText();
                pools.awaitCondition(name, "Restricted", told -> "True".equals(told.getStatus()), PATIENCE);
                await("a pod of " + example).atMost(PATIENCE).until(() -> pods(cluster, namespace, name) == 1);
            }
            assertTrue(operator.isAlive());
        }
    }

    /** As it is written, but for its broker and its size. */
    private static ObjectNode pool(String example) throws IOException {
        String written = Arrays.stream(
                        Files.readString(Path.of("examples", example + ".yaml")).split("(?m)^---$"))
                .filter(document -> document.contains("kind: WorkerPool"))
                .findFirst()
                .orElseThrow();
        ObjectNode pool = Serialization.unmarshal(written, ObjectNode.class);
        ObjectNode spec = (ObjectNode) pool.get("spec");
        spec.putObject("brokerRef").put("name", "jobs");
        spec.remove("scaling");
        return pool;
    }

    private static int pods(ControlPlane cluster, TestNamespace namespace, String pool) {
        return cluster.admin()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("workerpool.dev/pool", pool)
                .list()
                .getItems()
                .size();
    }
}
