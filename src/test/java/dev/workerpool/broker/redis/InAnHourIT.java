package dev.workerpool.broker.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.framework.Celery;
import dev.workerpool.framework.Framework;
import dev.workerpool.framework.Sidekiq;
import dev.workerpool.scaling.Figure;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.Needed;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.Sent;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.jobs.WorkerPod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A job that is due in an hour. The hour is passed over: the operator's clock is moved, and workers that start after that are
 * started under libfaketime with theirs moved as far. Everything else is real.
 */
@Tag("long")
class InAnHourIT {
    /** As the program faketime says it; that one stays in between, and would take the worker's signals. */
    private static final String LIBRARY = "LD_PRELOAD=/usr/$LIB/faketime/libfaketime.so.1";

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LEFT = Duration.ofSeconds(45);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AtomicReference<Duration> moved = new AtomicReference<>(Duration.ZERO);
    private final Clock clock = Clock.systemUTC();
    private final Clock movable = new Movable(clock, moved);
    private final RedisBroker broker = Loopback.broker(movable);
    private final RedisServer redis = RedisServer.plain();

    @BeforeEach
    void faketime() {
        Needed.onPath("faketime", "on Debian: apt-get install faketime");
    }

    @AfterEach
    void end() {
        broker.close();
        redis.close();
    }

    /** Before its hour has come a worker takes it beside other work, and gives it back when that is done. */
    @Test
    void aCeleryTaskCostsTwoChangesOfSizeAndStartsOnTimeAndTheWorkerThatHadItBeforeGoes() {
        JobsApp app = new CeleryApp();
        Framework celery = new Celery(Optional.of("tasks"), "", HOUR);
        try (PlayedPool pool = pool(app, celery, "-Q", "mail", "-c", "1");
                Producer producer = app.producer(redis)) {
            Sent later = send(producer, HOUR);
            await().atMost(PATIENCE).until(() -> pool.scheduled().equals(Figure.of(1)));
            send(producer, Duration.ZERO);
            await().atMost(PATIENCE).until(() -> pool.sizes().equals(List.of(0, 1, 0)));
            pool.awaitEnd();
            assertEquals(1, redis.count("done"));
            await().atMost(PATIENCE).until(() -> pool.scheduled().equals(Figure.of(1)));

            passes(pool, later, 3);
            String[] ran = redis.cli("LINDEX", "done:ran", "1").strip().split(" ", 2);
            Duration late = Duration.between(
                    later.began().plus(HOUR), Instant.ofEpochMilli((long) (Double.parseDouble(ran[0]) * 1000)));
            System.out.printf("Celery: it began %d ms after its time%n", late.toMillis());
            assertTrue(!late.isNegative() && late.compareTo(Duration.ofSeconds(3)) < 0, () -> "late by " + late);
        }
    }

    @Test
    void aSidekiqJobCostsTwoChangesOfSizeAndIsDoneSoonAfterItsTime() {
        JobsApp app = new SidekiqApp();
        try (PlayedPool pool = pool(app, new Sidekiq(), "-q", "mail", "-c", "1");
                Producer producer = app.producer(redis)) {
            Sent later = send(producer, HOUR);
            await().atMost(PATIENCE).until(() -> pool.scheduled().equals(Figure.of(1)));
            passes(pool, later, 1);
        }
    }

    /** The hour passes all but a little, the job is done, and the pool sleeps again. */
    private void passes(PlayedPool pool, Sent later, int sizesBefore) {
        Instant due = later.began().plus(HOUR);
        assertEquals(sizesBefore, pool.sizes().size());
        int before = Math.toIntExact(redis.count("done"));
        moved.set(Duration.between(clock.instant(), due.minus(LEFT)));
        await().atMost(PATIENCE).until(() -> pool.sizes().size() > sizesBefore);
        Duration early = Duration.between(pool.now(), due);
        await().atMost(PATIENCE).until(() -> redis.count("done") == before + 1);
        Duration late = Duration.between(due, pool.now());
        await().atMost(PATIENCE).until(() -> pool.sizes().size() == sizesBefore + 2);

        System.out.printf(
                "due in an hour: sizes %s; woken %d ms before its time (a worker was thought to take %s), done %d ms after it; %s%n",
                pool.sizes(), early.toMillis(), pool.ahead(), late.toMillis(), pool.reasons());
        assertTrue(early.isPositive() && early.compareTo(Duration.ofSeconds(21)) < 0, () -> "woken early by " + early);
        assertEquals(List.of(1, 0), pool.sizes().subList(sizesBefore, sizesBefore + 2));
        assertTrue(!late.isNegative() && late.compareTo(Duration.ofSeconds(30)) < 0, () -> "late by " + late);
    }

    private Sent send(Producer producer, Duration wait) {
        return producer.send(Jobs.jobs(1).inQueue("mail").after(wait));
    }

    private PlayedPool pool(JobsApp app, Framework framework, String... args) {
        return new PlayedPool(
                broker,
                Dialling.plainly(redis),
                framework,
                movable,
                name -> app.startWorker(
                        WorkerPod.named(name).withArgs(args).withEnv(app.environmentFor(redis)), timeMachine()));
    }

    private List<String> timeMachine() {
        return moved.get().isZero()
                ? List.of()
                : List.of(
                        "env", LIBRARY, "FAKETIME=+%.3fs".formatted(moved.get().toMillis() / 1000.0));
    }

    private static final class Movable extends Clock {
        private final Clock real;
        private final AtomicReference<Duration> moved;

        Movable(Clock real, AtomicReference<Duration> moved) {
            this.real = real;
            this.moved = moved;
        }

        @Override
        public ZoneId getZone() {
            return real.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new Movable(real.withZone(zone), moved);
        }

        @Override
        public Instant instant() {
            return real.instant().plus(moved.get());
        }
    }
}
