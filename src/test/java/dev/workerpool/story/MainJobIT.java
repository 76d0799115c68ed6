package dev.workerpool.story;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.PodRun;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The main job: a Celery and a Sidekiq pool behind one Redis with TLS under a private authority and a login, from nothing to work
 * and back to nothing. Each pod is a real worker process, run as its pod says.
 */
@RealControlPlane
class MainJobIT {
    private static final String PASSWORD = "s3cret-of-jobs";

    @Test
    void aCeleryAndASidekiqPoolWakeDoAllJobsOnceAndSleepAgain(ControlPlane cluster, TestNamespace namespace) {
        try (RedisServer redis =
                        RedisServer.start(RedisOptions.tls(PrivateCa.create()).withPassword(PASSWORD));
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            try {
                happens(cluster, namespace, redis, node);
            } catch (RuntimeException | AssertionError e) {
                fail(what(cluster, namespace) + logs(node) + operator.log(), e);
            }
            assertTrue(!operator.log().contains(PASSWORD), "no password in the log");
        }
    }

    private static void happens(ControlPlane cluster, TestNamespace namespace, RedisServer redis, ProcessNode node) {
        cluster.apply(namespace, Manifests.broker(redis, "default", PASSWORD)).succeeded();
        JobsApp celery = new CeleryApp();
        JobsApp sidekiq = new SidekiqApp();
        cluster.apply(namespace, Manifests.ofProcesses(Manifests.celery(Manifests.sleeper("mail", 2)), celery))
                .succeeded();
        cluster.apply(namespace, Manifests.ofProcesses(Manifests.sidekiq(Manifests.sleeper("images", 2)), sidekiq))
                .succeeded();
        ready(cluster, namespace, "brokers/jobs", "wp/mail", "wp/images");

        Pools pools = new Pools(cluster.admin(), namespace.name());
        WhatItMade made = new WhatItMade(cluster.admin(), pools);
        made.connectionOf(redis, PASSWORD);
        made.workersOf("mail", WhatItMade.CELERY);
        made.workersOf("images", WhatItMade.SIDEKIQ);

        // A thread of its own: on two cores the common pool has one, and the Kubernetes client needs it.
        CompletableFuture<Void> mail = CompletableFuture.runAsync(
                () -> story("mail", celery, cluster, namespace, redis),
                task -> Thread.ofPlatform().start(task));
        story("images", sidekiq, cluster, namespace, redis);
        mail.join();

        ready(cluster, namespace, "brokers/jobs", "wp/mail", "wp/images");
        for (String pool : List.of("mail", "images")) {
            new WhatItSays(pools, pool).atRest();
            List<PodRun> runs = node.runs(pool + "-");
            assertTrue(runs.size() >= 2, "two pods at least: " + runs.size());
            assertTrue(runs.stream().allMatch(PodRun::endedInTime), "each ended by itself when it was told to");
        }
    }

    private static void story(
            String pool, JobsApp app, ControlPlane cluster, TestNamespace namespace, RedisServer redis) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        new PoolStory(pool, app, redis, cluster.admin(), namespace.name()).happens(() -> {
            ready(cluster, namespace, "wp/" + pool);
            new WhatItSays(pools, pool).allWorkersReady();
        });
    }

    /** As kubectl, Flux and Helm wait. */
    private static void ready(ControlPlane cluster, TestNamespace namespace, String... objects) {
        cluster.kubectl(Stream.concat(
                                Stream.of("wait", "-n", namespace.name(), "--for=condition=Ready", "--timeout=120s"),
                                Stream.of(objects))
                        .toArray(String[]::new))
                .succeeded();
    }

    private static String what(ControlPlane cluster, TestNamespace namespace) {
        return cluster.kubectl("get", "-n", namespace.name(), "brokers,wp,deployments,pods,events", "-o", "wide")
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
