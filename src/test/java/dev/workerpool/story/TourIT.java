package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The README's tour, command by command, with its own manifest and its own workers, a few lines of shell; only the Redis is this
 * machine's. What kubectl says is left in {@code target/tour.txt}, from where the README has it.
 */
@RealControlPlane
@Tag("long")
class TourIT {
    private static final int JOBS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final StringBuilder transcript = new StringBuilder();

    @Test
    void theTourGoesAsTheReadmeSays(ControlPlane cluster, TestNamespace namespace) throws IOException {
        try (RedisServer redis = RedisServer.plain();
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            Pools pools = new Pools(cluster.admin(), namespace.name());
            cluster.apply(namespace, brokerAndPool(redis)).succeeded();
            kubectl(cluster, namespace, "wait", "--for=condition=Ready", "broker/jobs", "workerpool/mail");
            kubectl(cluster, namespace, "get", "brokers,workerpools");
            assertEquals(0, pools.replicas("mail"), "nothing waits");

            enqueue(redis);
            await("workers")
                    .atMost(PATIENCE)
                    .until(() -> pools.pool("mail").getStatus().readyReplicas(), Integer.valueOf(4)::equals);
            kubectl(cluster, namespace, "get", "workerpool", "mail");
            kubectl(cluster, namespace, "describe", "workerpool", "mail");
            await("jobs").atMost(PATIENCE).until(() -> redis.count("done:mail") == JOBS);
            pools.awaitReplicas("mail", 0, PATIENCE);
            await("the last pod")
                    .atMost(PATIENCE)
                    .until(() -> node.runs("mail-").stream().allMatch(run -> run.endedInTime()));
            kubectl(cluster, namespace, "events", "--for=workerpool/mail");

            assertEquals(JOBS, redis.count("done:mail"), "each job is done once");
            assertEquals("0", redis.cli("LLEN", "running:mail"));
            itCanBeExplainedAndScaled(cluster, namespace, pools);
            assertTrue(operator.isReady());
        } finally {
            Path file = Files.writeString(Path.of("target", "tour.txt"), transcript);
            System.out.println("the tour: " + file.toAbsolutePath());
        }
    }

    private void itCanBeExplainedAndScaled(ControlPlane cluster, TestNamespace namespace, Pools pools) {
        kubectl(cluster, namespace, "explain", "workerpool.spec.scaling.idleAfter");
        kubectl(cluster, namespace, "patch", "workerpool", "mail", "--type=json", "--patch=" + FIXED);
        kubectl(cluster, namespace, "scale", "workerpool", "mail", "--replicas=2");
        pools.awaitReplicas("mail", 2, PATIENCE);
        kubectl(cluster, namespace, "wait", "--for=condition=Ready", "--timeout=60s", "workerpool/mail");
        kubectl(cluster, namespace, "get", "workerpool", "mail");
    }

    private static final String FIXED = "[{\"op\": \"remove\", \"path\": \"/spec/scaling\"}]";

    private static void enqueue(RedisServer redis) {
        List<String> push = new ArrayList<>(List.of("RPUSH", "jobs:mail"));
        IntStream.rangeClosed(1, JOBS).forEach(i -> push.add("job-" + i));
        redis.cli(push.toArray(String[]::new));
    }

    /** Without the Redis, for which this machine's stands in, and with the workers placed where they run. */
    private static String brokerAndPool(RedisServer redis) throws IOException {
        String placed = ProcessNode.PLACED_HERE.stream()
                .map(line -> "      " + line + "\n")
                .collect(Collectors.joining());
        return Stream.of(Files.readString(Path.of("examples/tour.yaml")).split("(?m)^---$"))
                .filter(document -> document.contains("workerpool.dev/v1alpha1"))
                .collect(Collectors.joining("---"))
                .replace("redis://redis:6379", redis.urlWithoutCredentials())
                .replace("    spec:\n      containers:\n", "    spec:\n" + placed + "      containers:\n")
                .replace(
                        "        image: redis:7.4-alpine\n",
                        "        image: redis:7.4-alpine\n        workingDir: /\n");
    }

    private void kubectl(ControlPlane cluster, TestNamespace namespace, String... words) {
        String said = cluster.kubectl(Stream.concat(Stream.of("--namespace=" + namespace), Stream.of(words))
                        .toArray(String[]::new))
                .succeeded();
        transcript
                .append("$ kubectl ")
                .append(String.join(" ", words))
                .append('\n')
                .append(said)
                .append('\n');
    }
}
