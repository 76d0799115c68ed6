package dev.workerpool.operator.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog.Mark;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In the midst of a busy hour another operator begins: it knows nothing yet, and lowers nothing. */
@RealControlPlane
class RestartIT {
    /** Longer than the window: who is there so long would lower at once, if it trusted what it did not see. */
    private static final Duration A_WHILE = Duration.ofSeconds(65);

    private static final Duration LEASE = Duration.ofSeconds(5);

    @Test
    void started_again_after_a_kill_it_lowers_nothing_that_it_has_not_watched_for_a_minute_itself(
            ControlPlane cluster, TestNamespace namespace) throws Exception {
        try (RedisServer redis = RedisServer.plain();
                PackagedOperator first = start(cluster, namespace);
                BusyHour hour = BusyHour.begin(cluster, namespace, redis)) {
            hour.goesOn(Duration.ofSeconds(15));
            Mark mark = cluster.auditLog().mark();
            hour.go();
            first.kill();
            Instant killed = Instant.now();
            try (PackagedOperator second = start(cluster, namespace)) {
                hour.lowersOnlyWhatItHasWatchedItself(killed, mark);
                assertTrue(second.isReady());
            }
        }
    }

    @Test
    @Tag("long")
    void who_takes_over_from_a_leader_that_was_stopped_lowers_nothing_that_it_has_not_watched_for_a_minute_itself(
            ControlPlane cluster, TestNamespace namespace) throws Exception {
        try (RedisServer redis = RedisServer.plain();
                Pair pair = new Pair(cluster, namespace, LEASE);
                BusyHour hour = BusyHour.begin(cluster, namespace, redis)) {
            hour.goesOn(A_WHILE);
            Mark mark = cluster.auditLog().mark();
            hour.go();
            assertEquals(143, pair.leader().operator().stop(), "ended by SIGTERM, in good order");
            AuditEntry taken = pair.awaitTakeover(mark);
            hour.lowersOnlyWhatItHasWatchedItself(taken.received(), mark);
        }
    }

    @Test
    @Tag("long")
    void who_takes_over_from_a_leader_that_was_killed_lowers_nothing_that_it_has_not_watched_for_a_minute_itself(
            ControlPlane cluster, TestNamespace namespace) throws Exception {
        try (RedisServer redis = RedisServer.plain();
                Pair pair = new Pair(cluster, namespace, LEASE);
                BusyHour hour = BusyHour.begin(cluster, namespace, redis)) {
            hour.goesOn(A_WHILE);
            Mark mark = cluster.auditLog().mark();
            hour.go();
            pair.leader().operator().kill();
            AuditEntry taken = pair.awaitTakeover(mark);
            hour.lowersOnlyWhatItHasWatchedItself(taken.received(), mark);
        }
    }

    private static PackagedOperator start(ControlPlane cluster, TestNamespace namespace) {
        return PackagedOperator.start(
                cluster.kubeconfigFor("operator-" + namespace, "system:masters"),
                "--namespace=" + namespace,
                "--lease-namespace=" + namespace,
                "--lease-duration=" + LEASE);
    }
}
