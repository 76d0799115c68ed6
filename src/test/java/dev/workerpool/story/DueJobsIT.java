package dev.workerpool.story;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RqApp;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Jobs that only a running worker would move into their queue wake a pool that sleeps, in time for its worker to start, and none is
 * left behind when it sleeps again: none that is for later, none that is tried again, none that a killed worker held. Each pod is a
 * real worker process.
 */
@RealControlPlane
@Tag("long")
class DueJobsIT {
    private static final String PASSWORD = "s3cret-of-jobs";

    private static List<DueJobsStory.Played> played() {
        return List.of(
                played(
                        "mail",
                        CeleryApp.givingBackAfter(Duration.ofSeconds(25)),
                        "framework: Celery",
                        "celery: {app: tasks, visibilityTimeout: 25s}"),
                played("letters", new SidekiqApp(), "framework: Sidekiq"),
                played("reports", RqApp.lookingOften(), "framework: RQ"),
                played("images", BullMqApp.bullMq(), "framework: BullMQ"),
                played("films", BullMqApp.bull(), "framework: BullMQ"));
    }

    private static DueJobsStory.Played played(String name, JobsApp app, String... framework) {
        APool pool = Manifests.sleeper(name, 1).ofFramework(framework);
        return new DueJobsStory.Played(app instanceof RqApp ? pool.withConcurrency(1) : pool, app);
    }

    @Test
    void aSleepingPoolWakesForDueJobsAndLeavesNoneBehind(ControlPlane cluster, TestNamespace namespace) {
        List<DueJobsStory.Played> all = played();
        try (RedisServer redis =
                        RedisServer.start(RedisOptions.tls(PrivateCa.create()).withPassword(PASSWORD));
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            try {
                cluster.apply(namespace, Manifests.broker(redis, "default", PASSWORD))
                        .succeeded();
                all.forEach(one -> cluster.apply(namespace, Manifests.ofProcesses(one.pool(), one.app()))
                        .succeeded());
                all.stream()
                        .map(one -> CompletableFuture.runAsync(
                                new DueJobsStory(one, cluster.admin(), namespace.name(), redis, node)::happens,
                                task -> Thread.ofPlatform().start(task)))
                        .toList()
                        .forEach(CompletableFuture::join);
            } catch (RuntimeException | AssertionError e) {
                fail(logs(node) + operator.log(), e);
            }
            assertFalse(operator.log().contains(PASSWORD), "no password in the log");
        }
    }

    private static String logs(ProcessNode node) {
        return node.runs("").stream()
                .map(run -> run.podName() + ":\n" + run.log())
                .collect(Collectors.joining("\n"));
    }
}
