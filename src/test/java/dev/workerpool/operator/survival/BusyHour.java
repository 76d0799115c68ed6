package dev.workerpool.operator.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog.Mark;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.SizesSeen;
import dev.workerpool.testing.operator.SizesSeen.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One pool whose jobs come and go faster than it may shrink, and every size that its Deployment is told to have. */
final class BusyHour implements AutoCloseable {
    static final Duration FULL_WINDOW = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final int PEAK = 8;
    private static final String POOL = "mail";
    private static final String JOBS = "jobs:" + POOL;

    private final ControlPlane cluster;
    private final TestNamespace namespace;
    private final RedisServer redis;
    private final Fleets fleets;
    private final SizesSeen sizes;

    private BusyHour(ControlPlane cluster, TestNamespace namespace, RedisServer redis, Fleets fleets) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.redis = redis;
        this.fleets = fleets;
        this.sizes = new SizesSeen(cluster.admin(), namespace.name(), POOL);
    }

    /** Returns when the pool, new on a broker of its own, has its largest size. */
    static BusyHour begin(ControlPlane cluster, TestNamespace namespace, RedisServer redis) {
        Fleets fleets = new Fleets(cluster.admin(), namespace.name());
        fleets.broker(redis);
        fleets.pool(POOL);
        BusyHour hour = new BusyHour(cluster, namespace, redis, fleets);
        hour.come(PEAK);
        fleets.pools().awaitReplicas(POOL, PEAK, PATIENCE);
        return hour;
    }

    /** Bursts that need every worker, and lulls that need none. */
    void goesOn(Duration time) throws InterruptedException {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            go();
            Thread.sleep(MOMENT);
            come(PEAK);
            Thread.sleep(MOMENT);
        }
        assertEquals(PEAK, fleets.pools().replicas(POOL), "a lull is no reason to shrink");
    }

    void come(int jobs) {
        List<String> command = new ArrayList<>(List.of("RPUSH", JOBS));
        command.addAll(Collections.nCopies(jobs, "job"));
        redis.cli(command.toArray(String[]::new));
    }

    void go() {
        redis.cli("DEL", JOBS);
    }

    /**
     * From now on there is less to do than there are workers. Whoever leads, and had seen nothing of this before, must watch
     * for a full window, and lower to half then.
     *
     * @param since before the one who leads now can have seen anything
     * @param mark taken before that
     */
    void lowersOnlyWhatItHasWatchedItself(Instant since, Mark mark) throws InterruptedException {
        Instant patience = since.plus(FULL_WINDOW).plus(PATIENCE);
        while (sizes.firstLowered().isEmpty() && Instant.now().isBefore(patience)) {
            come(PEAK / 2 - 1);
            Thread.sleep(MOMENT);
            go();
            Thread.sleep(MOMENT);
        }
        Seen lowered =
                sizes.firstLowered().orElseThrow(() -> new AssertionError("not lowered: " + sizes.all() + told()));
        List<AuditEntry> writes = writes(mark);
        System.out.printf(
                "lowered to %d %.1f s after the next one began%n",
                lowered.replicas(), Duration.between(since, lowered.at()).toMillis() / 1000.0);
        Instant earliest = since.plus(FULL_WINDOW);
        assertTrue(!lowered.at().isBefore(earliest), () -> "lowered at " + lowered + ", before " + earliest);
        assertTrue(
                writes.stream().noneMatch(write -> write.received().isBefore(earliest)),
                () -> "written before " + earliest + ": " + writes);
        assertEquals(PEAK / 2, lowered.replicas(), "at most half in a minute");
        assertEquals(
                1,
                told().stream()
                        .filter(event -> event.contains(" from 8 to 4: "))
                        .count(),
                told()::toString);
    }

    private List<String> told() {
        return fleets.pools().events("WorkerPool", POOL);
    }

    /** Of the Deployment itself, by operators. */
    private List<AuditEntry> writes(Mark since) {
        return cluster.auditLog().since(since).stream()
                .filter(entry -> entry.isWrite() && entry.user().endsWith("-" + namespace))
                .filter(entry -> entry.target().resource().equals("deployments"))
                .toList();
    }

    @Override
    public void close() {
        sizes.close();
    }
}
