package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.jobs.Inspected;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RqApp;
import dev.workerpool.testing.jobs.Sent;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.PodRun;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.SizesSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Jobs that only a running worker would move into their queue wake a pool that sleeps, and none is left behind when it
 * sleeps again. Each pod is a real worker process.
 */
@RealControlPlane
class DueJobsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String PASSWORD = "s3cret-of-jobs";

    /** A pool and what its pods run. */
    private record Played(APool pool, JobsApp app) {}

    private static List<Played> played() {
        return List.of(
                new Played(
                        Manifests.sleeper("reports", 1)
                                .ofFramework("framework: RQ")
                                .withConcurrency(1),
                        new RqApp()),
                new Played(Manifests.sleeper("images", 1).ofFramework("framework: BullMQ"), BullMqApp.bullMq()));
    }

    @Test
    void aSleepingPoolWakesForDueJobsAndLeavesNoneBehind(ControlPlane cluster, TestNamespace namespace) {
        List<Played> all = played();
        try (RedisServer redis =
                        RedisServer.start(RedisOptions.tls(PrivateCa.create()).withPassword(PASSWORD));
                ProcessNode node = ProcessNode.start(cluster.admin());
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            try {
                cluster.apply(namespace, Manifests.broker(redis, "default", PASSWORD))
                        .succeeded();
                all.forEach(one -> cluster.apply(namespace, Manifests.ofProcesses(one.pool(), one.app()))
                        .succeeded());
                all.stream()
                        .map(one -> CompletableFuture.runAsync(
                                () -> story(one, cluster, namespace, redis),
                                task -> Thread.ofPlatform().start(task)))
                        .toList()
                        .forEach(CompletableFuture::join);
                List<PodRun> runs = node.runs("");
                assertFalse(runs.isEmpty());
                assertTrue(runs.stream().allMatch(PodRun::endedInTime), "each ended by itself when it was told to");
            } catch (RuntimeException | AssertionError e) {
                fail(logs(node) + operator.log(), e);
            }
            assertTrue(!operator.log().contains(PASSWORD), "no password in the log");
        }
    }

    private static void story(Played played, ControlPlane cluster, TestNamespace namespace, RedisServer redis) {
        String name = played.pool().name();
        try (SizesSeen sizes = new SizesSeen(cluster.admin(), namespace.name(), name);
                Producer producer = played.app().producer(redis)) {
            await(name + " asleep").atMost(PATIENCE).until(() -> !sizes.all().isEmpty());
            Jobs jobs = Jobs.jobs(3).inQueue(name).countedUnder(name + "-done");
            Sent due = producer.send(jobs.after(Duration.ofSeconds(6)));
            await(name + " awake").atMost(PATIENCE).until(() -> sizes.all().size() > 1);
            Instant woken = sizes.all().get(1).at();
            assertFalse(woken.isBefore(due.began().plusSeconds(5)), "before it was due: " + sizes.all());

            int sent = 3 + producer.send(jobs).count();
            sent += producer.send(jobs.doneAtTheSecondTry()).count();
            await(name + " back at 0").atMost(PATIENCE).until(sizes::isBackAtZero);
            long done = redis.count(name + "-done");
            System.out.printf(
                    "%s: %d jobs sent, %d done, %d stranded; sizes %s; woken %d ms after the first was due%n",
                    name,
                    sent,
                    done,
                    sent - done,
                    sizes.all().stream().map(SizesSeen.Seen::replicas).toList(),
                    Duration.between(due.began().plusSeconds(6), woken).toMillis());
            assertEquals(sent, done, "stranded");
            Inspected left = producer.inspect(name);
            assertEquals(0, left.waiting() + left.due() + left.running(), left::toString);
        }
    }

    private static String logs(ProcessNode node) {
        return node.runs("").stream()
                .map(run -> run.podName() + ":\n" + run.log())
                .collect(Collectors.joining("\n"));
    }
}
