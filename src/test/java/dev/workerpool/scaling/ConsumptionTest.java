package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AReading.noAnswer;
import static dev.workerpool.scaling.AWatchedPool.START;
import static dev.workerpool.scaling.AWatchedPool.aPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.workerpool.scaling.Consumption.Cause;
import dev.workerpool.scaling.Consumption.Left;
import dev.workerpool.scaling.Consumption.Stuck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A queue is stuck only by proof: the same job is the oldest all the time, and a worker was free to take it. */
class ConsumptionTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @Test
    void a_job_that_idle_workers_leave_where_it_is_for_five_minutes_is_not_consumed() {
        var pool = aPool().ofSize(2);
        var stuck = waiting("a", 3).running(0);
        pool.passes(Duration.ofSeconds(299), stuck);
        assertInstanceOf(Consumption.Undecided.class, pool.consumption(stuck));
        pool.passes(Duration.ofSeconds(1), stuck);
        var proven = assertInstanceOf(Stuck.class, pool.consumption(stuck));
        assertEquals(Cause.NOT_TAKEN, proven.cause());
        assertEquals(List.of(new Left("mail", START)), proven.queues());
        assertEquals(List.of("w-0", "w-1"), proven.shift().free());
    }

    @Test
    void whose_oldest_job_changes_is_consumed_however_long_it_is() {
        var pool = aPool().ofSize(1);
        for (int job = 0; job < 10; job++) {
            pool.passes(Duration.ofMinutes(1), waiting("job-" + job, 100 + job).running(0));
        }
        assertInstanceOf(Consumption.Consuming.class, pool.consumption(waiting("job-9", 110)));
    }

    @Test
    void one_that_becomes_shorter_is_consumed_though_its_oldest_job_stays() {
        var pool = aPool().ofSize(1);
        for (int minute = 0; minute < 10; minute++) {
            pool.passes(Duration.ofMinutes(1), waiting("low", 100 - minute).running(0));
        }
        assertInstanceOf(Consumption.Consuming.class, pool.consumption(waiting("low", 91)));
    }

    @Test
    void a_pool_whose_workers_are_all_busy_is_slow_and_not_stuck() {
        var pool = aPool().ofSize(2);
        pool.passes(Duration.ofMinutes(10), waiting("a", 3).running(2));
        assertEquals(
                new Consumption.Busy(List.of(new Left("mail", START))),
                pool.consumption(waiting("a", 3).running(2)));
    }

    @Test
    void fewer_running_jobs_than_workers_prove_that_one_was_free() {
        var pool = aPool().ofSize(2);
        pool.passes(FIVE_MINUTES, waiting("a", 3).running(1));
        var proven =
                assertInstanceOf(Stuck.class, pool.consumption(waiting("a", 3).running(1)));
        assertEquals(Cause.NOT_TAKEN, proven.cause());
        assertEquals(List.of(), proven.shift().free(), "nobody can tell which");
    }

    @Test
    void one_worker_that_says_it_is_idle_all_the_time_is_enough() {
        var pool = aPool().ofSize(2);
        var reading = beats(pool, FIVE_MINUTES, 0, 5);
        var proven = assertInstanceOf(Stuck.class, pool.consumption(reading));
        assertEquals(Cause.NOT_TAKEN, proven.cause());
        assertEquals(List.of("w-0"), proven.shift().free());
    }

    @Test
    void workers_that_all_say_they_are_busy_prove_nothing() {
        var pool = aPool().ofSize(2);
        assertInstanceOf(Consumption.Busy.class, pool.consumption(beats(pool, Duration.ofMinutes(9), 1, 2)));
    }

    @Test
    void one_job_in_all_that_time_makes_a_worker_no_free_one() {
        var pool = aPool().ofSize(1);
        beats(pool, Duration.ofMinutes(4), 0);
        beats(pool, Duration.ofSeconds(10), 1);
        assertInstanceOf(Consumption.Undecided.class, pool.consumption(beats(pool, Duration.ofMinutes(4), 0)));
        assertInstanceOf(Stuck.class, pool.consumption(beats(pool, Duration.ofSeconds(65), 0)));
    }

    @Test
    void workers_that_name_other_queues_do_not_serve_this_one_busy_or_not() {
        var pool = aPool().ofSize(1);
        var reading = waiting("a", 1).withReports();
        for (int beat = 0; beat < 60; beat++) {
            reading = waiting("a", 1).withReports().reporting("w-0", pool.now(), 5, Set.of("mails", "default"));
            pool.passes(Duration.ofSeconds(5), reading);
        }
        var proven = assertInstanceOf(Stuck.class, pool.consumption(reading));
        assertEquals(Cause.NOT_SERVED, proven.cause());
        assertEquals(Optional.of(Set.of("mails", "default")), proven.shift().served());
    }

    @Test
    void workers_that_say_nothing_are_silent_and_not_idle() {
        var pool = aPool().ofSize(1);
        pool.passes(FIVE_MINUTES, waiting("a", 1).withReports());
        var proven =
                assertInstanceOf(Stuck.class, pool.consumption(waiting("a", 1).withReports()));
        assertEquals(Cause.SILENT, proven.cause());
    }

    @Test
    void a_pod_that_is_not_ready_was_free_for_nothing() {
        var pool = aPool().ofSize(1);
        pool.passes(Duration.ofMinutes(4), waiting("a", 1).running(0));
        pool.unready(1).passes(Duration.ofSeconds(5), waiting("a", 1).running(0));
        pool.ofSize(1).passes(Duration.ofMinutes(4), waiting("a", 1).running(0));
        assertInstanceOf(
                Consumption.Undecided.class, pool.consumption(waiting("a", 1).running(0)));
    }

    @Test
    void while_one_worker_takes_the_place_of_another_what_was_said_stays() {
        var pool = aPool().ofSize(1);
        pool.passes(FIVE_MINUTES, waiting("a", 1).running(0));
        pool.unready(1).passes(Duration.ofSeconds(30), waiting("a", 1).running(0));
        assertInstanceOf(
                Consumption.Undecided.class, pool.consumption(waiting("a", 1).running(0)));
        pool.withPods("new").passes(Duration.ofMinutes(4), waiting("a", 1).running(0));
        assertInstanceOf(
                Consumption.Undecided.class, pool.consumption(waiting("a", 1).running(0)));
        pool.passes(Duration.ofSeconds(61), waiting("a", 1).running(0));
        assertInstanceOf(Stuck.class, pool.consumption(waiting("a", 1).running(0)));
    }

    @Test
    void without_a_ready_worker_nobody_is_to_blame_but_one_that_crashes() {
        var pool = aPool().unready(1);
        pool.passes(FIVE_MINUTES, waiting("a", 1));
        assertInstanceOf(Consumption.NoWorkerReady.class, pool.consumption(waiting("a", 1)));
        pool.crashing(1).passes(Duration.ofSeconds(1), waiting("a", 1));
        assertEquals(
                Cause.CRASHING,
                assertInstanceOf(Stuck.class, pool.consumption(waiting("a", 1))).cause());
        pool.ofSize(1).passes(Duration.ofSeconds(20), waiting("a", 1).running(0));
        assertEquals(
                Cause.CRASHING,
                assertInstanceOf(Stuck.class, pool.consumption(waiting("a", 1))).cause(),
                "up for a moment");
    }

    @Test
    void paused_work_is_told_once_it_has_been_so_for_as_long() {
        var pool = aPool().ofSize(1);
        var paused = anEmptyReading().waiting(3).paused();
        pool.passes(Duration.ofSeconds(299), paused);
        assertInstanceOf(Consumption.NothingWaiting.class, pool.consumption(paused));
        pool.passes(Duration.ofSeconds(1), paused);
        assertEquals(new Consumption.Paused(List.of(new Left("mail", START))), pool.consumption(paused));
    }

    @Test
    void where_nobody_tells_what_runs_nothing_is_proven() {
        var pool = aPool().ofSize(1);
        var untold = waiting("a", 1).untold("no keys of running jobs are given");
        pool.passes(FIVE_MINUTES, untold);
        assertInstanceOf(Consumption.Unknown.class, pool.consumption(untold));
    }

    @Test
    void an_outage_is_unknown_and_what_was_seen_before_it_counts_after_it() {
        var pool = aPool().ofSize(1);
        pool.passes(Duration.ofMinutes(4), waiting("a", 1).running(0));
        pool.passes(Duration.ofMinutes(2), noAnswer("refused"));
        assertInstanceOf(Consumption.Unknown.class, pool.consumption(noAnswer("refused")));
        pool.passes(Duration.ofSeconds(1), waiting("a", 1).running(0));
        assertInstanceOf(Stuck.class, pool.consumption(waiting("a", 1).running(0)));
    }

    @Test
    void a_figure_that_cannot_be_read_proves_nothing() {
        var pool = aPool().ofSize(1);
        pool.passes(Duration.ofMinutes(1), waiting("a", 1).running(0));
        pool.passes(FIVE_MINUTES, anEmptyReading().waitingUnknown("it holds a set"));
        assertInstanceOf(
                Consumption.Unknown.class, pool.consumption(anEmptyReading().waitingUnknown("it holds a set")));
    }

    @Test
    void a_process_that_has_just_begun_to_watch_leaves_what_was_said_before() {
        var pool = aPool().ofSize(1);
        pool.passes(FIVE_MINUTES, waiting("a", 1).running(0));
        pool.restarted().passes(Duration.ofMinutes(1), waiting("a", 1).running(0));
        assertInstanceOf(Consumption.Undecided.class, pool.consumption(waiting("a", 1)));
        pool.passes(Duration.ofSeconds(1), waiting("b", 1).running(0));
        assertInstanceOf(Consumption.Consuming.class, pool.consumption(waiting("b", 1)));
    }

    @Test
    void a_queue_that_nothing_waits_in_is_no_trouble() {
        var pool = aPool().ofSize(1);
        pool.passes(FIVE_MINUTES, anEmptyReading());
        assertInstanceOf(Consumption.NothingWaiting.class, pool.consumption(anEmptyReading()));
    }

    private static AReading waiting(String oldest, long jobs) {
        return anEmptyReading().waiting(jobs).oldest(oldest, Optional.empty());
    }

    /** Time passes in which each pod says every five seconds how many jobs it runs. */
    private static AReading beats(AWatchedPool pool, Duration time, int... running) {
        Instant end = pool.now().plus(time);
        var reading = waiting("a", 3).withReports();
        while (pool.now().isBefore(end)) {
            reading = waiting("a", 3).withReports();
            for (int pod = 0; pod < running.length; pod++) {
                reading = reading.reporting("w-" + pod, pool.now(), running[pod]);
            }
            pool.passes(Duration.ofSeconds(5), reading);
        }
        return reading;
    }
}
