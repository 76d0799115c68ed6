package dev.workerpool.operator.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog.Mark;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One writes at a time, whatever happens to it. */
@RealControlPlane
@Tag("long")
class LeaseIT {
    private static final int ROUNDS = 5;
    private static final int POOLS_A_ROUND = 25;

    /** What has passed the last check when the process is stopped is sent when it goes on: one write a thread at most. */
    private static final int WRITERS = 20;

    private static final Duration ON_THEIR_WAY = Duration.ofSeconds(1);

    @Test
    void a_leader_that_was_stopped_past_its_lease_in_the_midst_of_its_writes_writes_nothing_when_it_goes_on(
            ControlPlane cluster, KubernetesClient client, TestNamespace namespace) throws Exception {
        Fleets fleets = new Fleets(client, namespace.name());
        try (RedisServer redis = RedisServer.plain();
                Pair pair = new Pair(cluster, namespace, Duration.ofSeconds(6))) {
            fleets.broker(redis);
            for (int round = 0; round < ROUNDS; round++) {
                pair.lookWhoLeads(cluster.auditLog().mark());
                Mark mark = cluster.auditLog().mark();
                Thread burst = burst(fleets, "round-" + round + "-");
                Awaitility.await("the burst's first writes")
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> pair.writes(pair.leader(), mark).size() > 3 * POOLS_A_ROUND / 5);
                pair.leader().operator().pause();
                burst.join();
                AuditEntry taken = pair.awaitTakeover(mark);
                Pair.Member stopped = pair.standby();
                int before = pair.writes(stopped, mark).size();
                Instant resumed = Instant.now();
                stopped.operator().resume();
                awaitStandingBy(stopped, round);
                Thread.sleep(Duration.ofSeconds(2));
                List<AuditEntry> late = pair.writes(stopped, mark).stream()
                        .filter(entry -> entry.answered().isAfter(taken.answered()))
                        .toList();
                List<AuditEntry> done =
                        late.stream().filter(entry -> entry.code() < 300).toList();
                System.out.printf(
                        "round %d: stopped after %d writes, then %d that were begun, of which %d were on their way and done%n",
                        round, before, late.size(), done.size());
                assertTrue(done.size() <= WRITERS, () -> "no more than were on their way: " + done);
                assertTrue(
                        done.stream().allMatch(entry -> entry.received().isBefore(resumed.plus(ON_THEIR_WAY))),
                        () -> "begun after it went on: " + done);
                fleets.awaitReady((round + 1) * POOLS_A_ROUND, Duration.ofMinutes(2));
            }
        }
    }

    private static Thread burst(Fleets fleets, String prefix) {
        return Thread.ofVirtual().start(() -> fleets.pools(prefix, POOLS_A_ROUND));
    }

    /** It says so once for each time that it lost the lease: each of the two loses every second round, at least. */
    private static void awaitStandingBy(Pair.Member stopped, int round) {
        int times = round / 2 + 1;
        Awaitility.await(stopped.user() + " stands by")
                .atMost(Duration.ofSeconds(30))
                .until(() -> stopped.operator().log().split("stands by", -1).length > times);
        assertTrue(stopped.operator().isReady());
    }

    @Test
    void a_standby_is_ready_and_keeps_away_from_the_broker_and_from_all_writing(
            ControlPlane cluster, KubernetesClient client, TestNamespace namespace) throws Exception {
        Fleets fleets = new Fleets(client, namespace.name());
        try (RedisServer redis = RedisServer.plain();
                Pair pair = new Pair(cluster, namespace, Duration.ofSeconds(15))) {
            Mark mark = cluster.auditLog().mark();
            fleets.broker(redis);
            fleets.pools("pool-", 5);
            fleets.awaitReady(5, Duration.ofSeconds(60));
            assertTrue(pair.standby().operator().isReady());
            assertEquals(List.of(), pair.writes(pair.standby(), mark));
            assertEquals(1, connections(redis), "one a broker, the leader's");
        }
    }

    @Test
    void another_takes_over_after_a_crash_when_the_lease_ends_and_after_a_stop_at_once(
            ControlPlane cluster, KubernetesClient client, TestNamespace namespace) {
        Fleets fleets = new Fleets(client, namespace.name());
        try (RedisServer redis = RedisServer.plain();
                Pair pair = new Pair(cluster, namespace, Duration.ofSeconds(15))) {
            fleets.broker(redis);
            fleets.pool("mail");
            fleets.awaitReady(1, Duration.ofSeconds(60));

            Mark crash = cluster.auditLog().mark();
            long crashed = System.nanoTime();
            pair.leader().operator().kill();
            redis.cli("RPUSH", "jobs:mail", "a", "b");
            fleets.pools().awaitReplicas("mail", 2, Duration.ofSeconds(60));
            Duration afterCrash = Duration.ofNanos(System.nanoTime() - crashed);
            pair.awaitTakeover(crash);

            pair.startStandby("third");
            Mark stop = cluster.auditLog().mark();
            long stopped = System.nanoTime();
            assertEquals(143, pair.leader().operator().stop(), "ended by SIGTERM, in good order");
            Duration toStop = Duration.ofNanos(System.nanoTime() - stopped);
            redis.cli("RPUSH", "jobs:mail", "c", "d");
            fleets.pools().awaitReplicas("mail", 4, Duration.ofSeconds(60));
            Duration afterStop = Duration.ofNanos(System.nanoTime() - stopped);
            pair.awaitTakeover(stop);
            System.out.printf(
                    "from the end of a leader to the next one's first size, with a lease of 15 s: "
                            + "after SIGKILL %d ms, after SIGTERM %d ms (of which it took %d ms to end)%n",
                    afterCrash.toMillis(), afterStop.toMillis(), toStop.toMillis());
            assertTrue(afterStop.compareTo(Duration.ofSeconds(12)) < 0, "the lease was released: " + afterStop);
        }
    }

    /** All but redis-cli's own. */
    private static long connections(RedisServer redis) {
        return redis.cli("CLIENT", "LIST")
                .lines()
                .filter(line -> !line.contains("cmd=client"))
                .count();
    }
}
