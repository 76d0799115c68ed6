package dev.workerpool.operator.survival;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ApiProxy;
import dev.workerpool.testing.kube.ApiProxy.Passing;
import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog.Mark;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.Interceptor.Fate;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.SizesSeen;
import dev.workerpool.testing.operator.SizesSeen.Seen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The API server is away for a while and jobs arrive: the operator lives on, and goes on from what is there then. */
@RealControlPlane
@Tag("long")
class ApiOutageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration AWAY = Duration.ofSeconds(20);
    private static final Duration SECONDS = Duration.ofSeconds(15);

    @Test
    void a_leader_whose_lease_outlives_the_outage_goes_on_where_it_was(ControlPlane cluster, TestNamespace namespace)
            throws Exception {
        try (RedisServer redis = RedisServer.plain();
                ApiProxy proxy = proxy(cluster, namespace);
                PackagedOperator operator = start(proxy, namespace, Duration.ofMinutes(2));
                SizesSeen mail = sizes(cluster, namespace, "mail")) {
            Fleets fleets = begin(cluster, namespace, redis, "mail");
            proxy.pass(Passing.NOTHING);
            Thread.sleep(AWAY.dividedBy(2));
            redis.cli("RPUSH", "jobs:mail", "d", "e");
            Thread.sleep(AWAY.dividedBy(2));
            assertTrue(operator.isAlive());
            comesBack(proxy, fleets);
            await().atMost(PATIENCE).until(operator::isReady);
            assertEquals(1, leads(operator), "it never ceased to lead");
            assertEquals(
                    List.of(0, 3, 5), mail.all().stream().map(Seen::replicas).toList());
            saysOnce(fleets, List.of("from 0 to 3: Backlog", "from 3 to 5: Backlog"));
        }
    }

    @Test
    void a_leader_whose_lease_ends_during_the_outage_stands_by_and_leads_again(
            ControlPlane cluster, TestNamespace namespace) throws Exception {
        try (RedisServer redis = RedisServer.plain();
                ApiProxy proxy = proxy(cluster, namespace);
                PackagedOperator operator = start(proxy, namespace, Duration.ofSeconds(15));
                SizesSeen mail = sizes(cluster, namespace, "mail");
                SizesSeen images = sizes(cluster, namespace, "images")) {
            Fleets fleets = begin(cluster, namespace, redis, "mail", "images");
            proxy.pass(Passing.NOTHING);
            Thread.sleep(AWAY.dividedBy(2));
            redis.cli("RPUSH", "jobs:mail", "d", "e");
            scaleByHand(cluster, namespace, "images", 7);
            Thread.sleep(AWAY.dividedBy(2));
            assertTrue(operator.isAlive());
            comesBack(proxy, fleets);
            await().atMost(PATIENCE).until(operator::isReady);
            Thread.sleep(Duration.ofSeconds(5));
            assertTrue(operator.log().contains("stands by"), operator::log);
            assertEquals(2, leads(operator), "in the same process");
            assertEquals(
                    List.of(0, 3, 5), mail.all().stream().map(Seen::replicas).toList());
            assertEquals(
                    List.of(0, 3, 7), images.all().stream().map(Seen::replicas).toList());
            saysOnce(fleets, List.of("from 0 to 3: Backlog", "from 3 to 5: Backlog"));
        }
    }

    @Test
    void a_size_that_somebody_has_raised_unseen_is_not_lowered_to_what_is_needed(
            ControlPlane cluster, TestNamespace namespace) throws Exception {
        try (RedisServer redis = RedisServer.plain();
                ApiProxy proxy = proxy(cluster, namespace);
                PackagedOperator operator = start(proxy, namespace, Duration.ofMinutes(2));
                SizesSeen mail = sizes(cluster, namespace, "mail")) {
            begin(cluster, namespace, redis, "mail");
            Mark mark = cluster.auditLog().mark();
            proxy.pass(Passing.WRITES);
            scaleByHand(cluster, namespace, "mail", 7);
            redis.cli("RPUSH", "jobs:mail", "d", "e");
            await("a try to raise from 3 to 5, refused")
                    .atMost(PATIENCE)
                    .until(() -> writes(cluster, namespace, mark).stream().anyMatch(write -> write.code() == 422));
            assertTrue(writes(cluster, namespace, mark).stream().noneMatch(write -> write.code() < 300));
            assertEquals(
                    List.of(0, 3, 7), mail.all().stream().map(Seen::replicas).toList());

            proxy.pass(Passing.ALL);
            redis.cli("RPUSH", "jobs:mail", "f", "g", "h");
            await().atMost(PATIENCE).until(() -> mail.all().getLast().replicas() == 8);
            assertEquals(
                    List.of(0, 3, 7, 8), mail.all().stream().map(Seen::replicas).toList());
            // The Deployments' watch may be back before the others are.
            await("readiness").atMost(PATIENCE).until(operator::isReady);
        }
    }

    private static ApiProxy proxy(ControlPlane cluster, TestNamespace namespace) {
        return cluster.proxyAs("operator-" + namespace, request -> new Fate.Pass());
    }

    private static PackagedOperator start(ApiProxy proxy, TestNamespace namespace, Duration lease) {
        return PackagedOperator.start(
                proxy.kubeconfig(),
                "--namespace=" + namespace,
                "--lease-namespace=" + namespace,
                "--lease-duration=" + lease);
    }

    private static SizesSeen sizes(ControlPlane cluster, TestNamespace namespace, String pool) {
        return new SizesSeen(cluster.admin(), namespace.name(), pool);
    }

    /** Returns when each pool has three workers for three jobs. */
    private static Fleets begin(ControlPlane cluster, TestNamespace namespace, RedisServer redis, String... pools) {
        Fleets fleets = new Fleets(cluster.admin(), namespace.name());
        fleets.broker(redis);
        for (String pool : pools) {
            fleets.pool(pool);
            fleets.pools().awaitReplicas(pool, 0, PATIENCE);
            redis.cli("RPUSH", "jobs:" + pool, "a", "b", "c");
            fleets.pools().awaitReplicas(pool, 3, PATIENCE);
        }
        fleets.awaitReady(pools.length, PATIENCE);
        return fleets;
    }

    private static void scaleByHand(ControlPlane cluster, TestNamespace namespace, String deployment, int replicas) {
        cluster.kubectl("scale", "-n", namespace.name(), "deployment/" + deployment, "--replicas=" + replicas)
                .succeeded();
    }

    private static void comesBack(ApiProxy proxy, Fleets fleets) {
        long back = System.nanoTime();
        proxy.pass(Passing.ALL);
        fleets.pools().awaitReplicas("mail", 5, SECONDS);
        System.out.printf(
                "from the API server's return, %d s away, to the new size: %d ms%n",
                AWAY.toSeconds(), Duration.ofNanos(System.nanoTime() - back).toMillis());
    }

    private static int leads(PackagedOperator operator) {
        return operator.log().split("leads as", -1).length - 1;
    }

    private static void saysOnce(Fleets fleets, List<String> scaled) {
        List<String> events = fleets.pools().events("WorkerPool", "mail").stream()
                .map(event -> event.replaceAll(", .*", ""))
                .toList();
        assertEquals(scaled.stream().map("Normal Scaled: "::concat).toList(), events);
    }

    /** Of Deployments, by the operator. */
    private static List<AuditEntry> writes(ControlPlane cluster, TestNamespace namespace, Mark since) {
        return cluster.auditLog().since(since).stream()
                .filter(entry -> entry.isWrite() && entry.user().equals("operator-" + namespace))
                .filter(entry -> entry.target().resource().equals("deployments"))
                .toList();
    }
}
