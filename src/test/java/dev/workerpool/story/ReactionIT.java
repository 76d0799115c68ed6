package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.story.Reaction.Times;
import dev.workerpool.story.Reaction.Try;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a job waits until its pool's Deployment has its new size. It promises no time: it prints them. */
@Tag("long")
@RealControlPlane
class ReactionIT {
    private static final int TRIES = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Test
    void fromEnqueueToReplicasBesideABarePatch(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace);
                RedisClient client = RedisClient.create(stage.redis().url());
                Reaction reaction = new Reaction(cluster.admin(), namespace.name())) {
            RedisCommands<String, String> redis = client.connect().sync();
            IntStream.range(0, TRIES).forEach(i -> stage.pools().create(pool(i)));
            await().atMost(PATIENCE).until(() -> asleep(cluster, namespace) == TRIES);
            stage.apply(BARE);

            Times patches = reaction.times("bare PATCH, seen by a watch", patches(cluster, namespace), () -> {});
            Times everySecond = reaction.times(
                    "enqueue 0 to 1, pollInterval 1s", enqueues(redis, 1), () -> pause(Duration.ofSeconds(1)));
            stage.kubectl("patch", "broker/jobs", "--type=merge", "-p", "{\"spec\":{\"pollInterval\":\"100ms\"}}");
            pause(Duration.ofSeconds(10));
            Times everyTenth = reaction.times(
                    "enqueue 1 to 2, pollInterval 100ms", enqueues(redis, 2), () -> pause(Duration.ofMillis(100)));

            print(patches, everyTenth, everySecond);
            assertEquals(TRIES, everySecond.ascending().size());
            assertEquals(TRIES, everyTenth.ascending().size());
        }
    }

    private static final String BARE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: bare}
            spec:
              replicas: 0
              selector: {matchLabels: {app: bare}}
              template:
                metadata: {labels: {app: bare}}
                spec: {containers: [{name: worker, image: "example.com/worker:1"}]}
            """;

    private static String pool(int number) {
        return APool.named("pool-" + number)
                .withWorkers()
                .with("scaling: {minReplicas: 0, maxReplicas: 9, idleAfter: 10m, target: {backlogPerWorker: 1}}")
                .yaml();
    }

    private static List<Try> patches(ControlPlane cluster, TestNamespace namespace) {
        var bare = cluster.admin()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName("bare");
        return IntStream.rangeClosed(1, TRIES)
                .mapToObj(size -> new Try(
                        () -> bare.patch(
                                PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":" + size + "}}"),
                        "bare",
                        size))
                .toList();
    }

    private static List<Try> enqueues(RedisCommands<String, String> redis, int size) {
        return IntStream.range(0, TRIES)
                .mapToObj(i -> new Try(() -> redis.rpush("jobs:pool-" + i, "job"), "pool-" + i, size))
                .toList();
    }

    private static long asleep(ControlPlane cluster, TestNamespace namespace) {
        return cluster.admin().apps().deployments().inNamespace(namespace.name()).list().getItems().stream()
                .filter(deployment -> deployment.getSpec().getReplicas() == 0)
                .count();
    }

    /** Of random length up to this and half of it again, so that tries fall at all times between two readings. */
    private static void pause(Duration about) {
        try {
            Thread.sleep(about.toMillis() / 2 + new Random().nextLong(about.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void print(Times... rows) {
        StringBuilder table =
                new StringBuilder("\n=== Time until the Deployment's new spec.replicas is seen by a watch ===\n");
        table.append("%-42s %5s %9s %9s %9s%n".formatted("milliseconds", "n", "p50", "p99", "max"));
        for (Times row : rows) {
            table.append(row.line()).append('\n');
        }
        System.out.println(table.append("=== end ==="));
    }
}
