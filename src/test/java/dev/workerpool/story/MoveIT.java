package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.FreePort;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another server under the Broker's URL: its jobs are looked at before any worker goes there. */
@RealControlPlane
class MoveIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void workers_stay_for_the_old_ones_jobs_through_the_operators_death_and_go_when_it_is_empty(
            ControlPlane cluster, TestNamespace namespace) {
        try (RedisServer old = RedisServer.plain();
                RedisServer other = RedisServer.plain()) {
            Pools pools = new Pools(cluster.admin(), namespace.name());
            PackagedOperator operator = Stage.operator(cluster, namespace);
            try {
                begin(pools, old);
                old.cli("RPUSH", "jobs:mail", "a", "b", "c");
                pools.awaitReplicas("mail", 3, PATIENCE);
                String before = connection(pools);

                url(pools, other);
                says(pools, "True", "WorkersStay", "3 waiting in queue mail");
                operator.kill();
                operator = Stage.operator(cluster, namespace);
                other.cli("RPUSH", "jobs:mail", "x");
                old.cli("RPUSH", "jobs:mail", "d");
                says(pools, "True", "WorkersStay", "4 waiting in queue mail", "1 waiting in queue mail");
                assertEquals(before, connection(pools), "neither of the two gave them the other server");

                old.cli("DEL", "jobs:mail");
                says(pools, "False", "NothingLeft", "localhost:" + old.port());
                assertTrue(!connection(pools).equals(before));
                assertTrue(there(pools, before), "the way back is kept while the old server is looked at");
                String events = String.join("\n", pools.events("Broker", "jobs"));
                assertTrue(events.contains("Warning WorkersStay") && events.contains("Normal WorkersMoved"), events);
            } catch (RuntimeException | AssertionError e) {
                fail(pools.broker("jobs").getStatus() + "\n" + pools.events("Broker", "jobs") + operator.log(), e);
            } finally {
                operator.close();
            }
        }
    }

    @Test
    void the_same_server_is_followed_at_once_when_it_speaks_tls_whatever_waits_there(
            ControlPlane cluster, TestNamespace namespace) {
        int plain = FreePort.next();
        try (RedisServer redis =
                        RedisServer.start(RedisOptions.tls(PrivateCa.create()).withLine("port " + plain));
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            Pools pools = new Pools(cluster.admin(), namespace.name());
            begin(pools, "redis://localhost:%d/0".formatted(plain));
            redis.cli("RPUSH", "jobs:mail", "a", "b", "c");
            pools.awaitReplicas("mail", 3, PATIENCE);
            String before = connection(pools);
            pools.apply("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: corp-ca}
                    data: {ca.crt: "%s"}
                    """.formatted(redis.caPem().replace("\n", "\\n")));
            url(
                    pools,
                    redis.url(),
                    ", tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: corp-ca, key: ca.crt}}}}");
            await().atMost(PATIENCE).until(() -> !connection(pools).equals(before));
            assertTrue(pools.brokerCondition("jobs", "JobsLeftBehind").isEmpty(), operator::log);
            assertEquals(3, pools.replicas("mail"));
        }
    }

    @Test
    @Tag("long")
    void workers_go_back_for_late_jobs_follow_when_they_are_told_to_and_leave_a_server_that_is_gone(
            ControlPlane cluster, TestNamespace namespace) {
        try (RedisServer old = RedisServer.plain();
                RedisServer other = RedisServer.plain();
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            Pools pools = new Pools(cluster.admin(), namespace.name());
            try {
                begin(pools, old);
                String before = connection(pools);
                other.cli("RPUSH", "jobs:mail", "x");
                url(pools, other);
                says(pools, "False", "NothingLeft");
                String after = connection(pools);

                old.cli("RPUSH", "jobs:mail", "late");
                says(pools, "True", "WorkersStay", "1 waiting in queue mail");
                await().atMost(PATIENCE).until(() -> connection(pools).equals(before));
                url(pools, other.url(), ", onMove: Follow");
                says(pools, "True", "LeftOnOldServer", "1 waiting in queue mail");
                assertEquals(after, connection(pools));

                url(pools, other.url(), "");
                await().atMost(PATIENCE).until(() -> connection(pools).equals(before));
                old.stop();
                says(pools, "True", "OldServerSilent", "1 waiting in queue mail");
                assertEquals(after, connection(pools));
                old.startAgain();
                says(pools, "True", "WorkersStay", "1 waiting in queue mail");
                await().atMost(PATIENCE).until(() -> connection(pools).equals(before));
                old.cli("DEL", "jobs:mail");
                await().atMost(PATIENCE).until(() -> connection(pools).equals(after));
                System.out.println(String.join("\n", pools.events("Broker", "jobs")));
            } catch (RuntimeException | AssertionError e) {
                fail(pools.broker("jobs").getStatus() + "\n" + pools.events("Broker", "jobs") + operator.log(), e);
            }
        }
    }

    private static boolean there(Pools pools, String secret) {
        return pools.client()
                        .secrets()
                        .inNamespace(pools.namespace())
                        .withName(secret)
                        .get()
                != null;
    }

    private static void begin(Pools pools, RedisServer redis) {
        begin(pools, redis.url());
    }

    private static void begin(Pools pools, String url) {
        url(pools, url, "");
        pools.apply(APool.named("mail")
                .withWorkers()
                .with("scaling: {minReplicas: 0, maxReplicas: 9, idleAfter: 1s, target: {backlogPerWorker: 1}}")
                .yaml());
        pools.awaitReplicas("mail", 0, PATIENCE);
    }

    private static void url(Pools pools, RedisServer redis) {
        url(pools, redis.url(), "");
    }

    private static void url(Pools pools, String url, String more) {
        pools.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: hosted}
                stringData: {REDIS_URL: "%s"}
                """.formatted(url));
        pools.apply("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec: {url: {secretKeyRef: {name: hosted, key: REDIS_URL}}%s}
                """.formatted(more));
    }

    private static String connection(Pools pools) {
        return Optional.ofNullable(pools.broker("jobs").getStatus())
                .map(BrokerStatus::proven)
                .map(BrokerStatus.Proven::connectionSecret)
                .orElseThrow();
    }

    private static void says(Pools pools, String status, String reason, String... words) {
        pools.awaitBroker(
                "jobs",
                "JobsLeftBehind",
                is -> is.getStatus().equals(status)
                        && is.getReason().equals(reason)
                        && Stream.of(words).allMatch(is.getMessage()::contains),
                PATIENCE);
    }
}
