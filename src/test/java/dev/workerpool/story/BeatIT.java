package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.PodRun;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real Celery beat as a singleton of a pool that goes to zero, behind a Redis with TLS under a private authority and a login. */
@RealControlPlane
@Tag("long")
class BeatIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SELDOM = 100;
    private static final int OFTEN = 2;

    /** How much later than it should a busy machine may start something. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final CeleryApp app = new CeleryApp();

    @Test
    void periodic_tasks_wake_a_pool_that_sleeps_between_them_and_never_are_there_two_beats(
            ControlPlane cluster, TestNamespace namespace) {
        try (RedisServer redis =
                        RedisServer.start(RedisOptions.tls(PrivateCa.create()).withPassword("s3cret-1"));
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace);
                BeatWatch watch = BeatWatch.of(node, "mail-beat");
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            try {
                Pools pools = new Pools(cluster.admin(), namespace.name());
                cluster.apply(namespace, Manifests.broker(redis, "default", "s3cret-1"))
                        .succeeded();
                sleepsBetweenTicks(pools, redis, watch);
                isReplaced(pools, watch, () -> pools.apply(pool(OFTEN, true)), "another template");
                isReplaced(pools, watch, () -> evict(pools), "an eviction");
                isReplaced(
                        pools,
                        watch,
                        () -> changePassword(cluster, namespace, redis, "s3cret-2"),
                        "another password of the broker's");
                assertTrue(watch.newest()
                        .environment()
                        .getOrDefault("CELERY_BROKER_URL", "")
                        .contains("s3cret-2"));
                endsWhenNobodyAsksForIt(pools, redis, watch);
            } catch (RuntimeException | AssertionError e) {
                fail(what(cluster, namespace) + logs(node) + operator.log(), e);
            }
        }
    }

    private void sleepsBetweenTicks(Pools pools, RedisServer redis, BeatWatch watch) {
        pools.apply(pool(SELDOM, true));
        runs(pools);
        assertEquals(0, pools.replicas("mail"));
        await("the first tick is done").atMost(PATIENCE).until(() -> redis.count("ticks") == 1);
        pools.awaitReplicas("mail", 0, PATIENCE);
        assertEquals(1, redis.count("ticks"), "it sleeps before the second");
        assertTrue(pools.events("WorkerPool", "mail").stream()
                .anyMatch(event -> event.startsWith("Normal Scaled: from 0 to 1")));
        assertEquals(1, watch.runs(), "it ran on meanwhile");
    }

    /** Ticks go on, by another process. */
    private static void isReplaced(Pools pools, BeatWatch watch, Runnable change, String by) {
        int before = watch.runs();
        change.run();
        await(by + " replaces the beat").atMost(PATIENCE).until(() -> watch.runs() == before + 1);
        runs(pools);
        int sent = watch.sent();
        await("ticks after " + by).atMost(PATIENCE).until(() -> watch.sent() >= sent + 3);
        assertEquals(before + 1, watch.runs(), by + " replaces it once");
    }

    private static void evict(Pools pools) {
        assertTrue(pools.client()
                .pods()
                .inNamespace(pools.namespace())
                .withName("mail-beat-0")
                .evict());
    }

    /** As one changes it without an outage: for a while both are good. */
    private static void changePassword(
            ControlPlane cluster, TestNamespace namespace, RedisServer redis, String password) {
        redis.cli("ACL", "SETUSER", "default", ">" + password);
        cluster.apply(namespace, Manifests.broker(redis, "default", password)).succeeded();
    }

    private void endsWhenNobodyAsksForIt(Pools pools, RedisServer redis, BeatWatch watch) {
        pools.apply(pool(OFTEN, false));
        await("no beat any more")
                .atMost(PATIENCE)
                .until(() -> pools.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(pools.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
        assertTrue(watch.inOrder().stream().map(BeatWatch.Beat::run).allMatch(PodRun::endedInTime));
        int sent = watch.sent();
        await("all are done").atMost(PATIENCE).until(() -> redis.count("ticks") >= sent);
        assertTrue(pools.condition("mail", "SingletonsReady").isEmpty());

        BeatWatch.Gaps gaps = watch.gaps(1, Duration.ofSeconds(OFTEN));
        System.out.printf(
                "beat: %d runs, at most %d at once in %d looks; %d ticks sent, %d done; each at most %d ms late; at most %d ms between two runs%n",
                watch.runs(),
                watch.most(),
                watch.looks(),
                sent,
                redis.count("ticks"),
                gaps.lateness().toMillis(),
                gaps.restart().toMillis());
        assertEquals(4, watch.runs());
        assertEquals(1, watch.most(), "never two at once");
        assertTrue(gaps.lateness().compareTo(SLACK) < 0, gaps::toString);
        assertTrue(gaps.restart().compareTo(Duration.ofSeconds(30)) < 0, gaps::toString);
    }

    private static void runs(Pools pools) {
        pools.awaitCondition("mail", "SingletonsReady", is -> "True".equals(is.getStatus()), PATIENCE);
    }

    private String pool(int every, boolean withBeat) {
        String python = quoted(app.workerCommand().subList(0, 5).stream());
        String environment = Stream.concat(
                        app.imageEnvironment().entrySet().stream()
                                .map(variable ->
                                        "{name: %s, value: \"%s\"}".formatted(variable.getKey(), variable.getValue())),
                        Stream.of(
                                "{name: BEAT_EVERY, value: \"%d\"}".formatted(every),
                                "{name: BEAT_QUEUE, value: mail}"))
                .collect(Collectors.joining(", "));
        APool pool = Manifests.celery(Manifests.sleeper("mail", 2));
        if (withBeat) {
            pool = pool.with(
                    "singletons: [{name: beat, command: [%s, \"beat\"], args: [--loglevel=info]}]".formatted(python));
        }
        return pool.with("template:", "  spec:")
                .with(ProcessNode.PLACED_HERE.stream().map("    "::concat).toArray(String[]::new))
                .with(
                        "    containers:",
                        "    - name: worker",
                        "      image: example.com/mail:1",
                        "      workingDir: " + app.workingDir(),
                        "      command: [%s]".formatted(quoted(app.workerCommand().stream())),
                        "      env: [%s]".formatted(environment))
                .yaml();
    }

    private static String quoted(Stream<String> words) {
        return words.map(word -> '"' + word + '"').collect(Collectors.joining(", "));
    }

    private static String what(ControlPlane cluster, TestNamespace namespace) {
        return cluster.kubectl("get", "-n", namespace.name(), "brokers,wp,statefulsets,pods,events", "-o", "wide")
                        .out()
                + cluster.kubectl("get", "-n", namespace.name(), "brokers,wp", "-o", "yaml")
                        .out();
    }

    private static String logs(ProcessNode node) {
        return node.runs("").stream()
                .map(run -> run.podName() + ":\n" + run.log())
                .collect(Collectors.joining("\n"));
    }
}
