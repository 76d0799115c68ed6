package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AWatchedPool.aBusyPoolOf;
import static dev.workerpool.scaling.AWatchedPool.aPool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoweringTest {
    private static final Duration A_MINUTE = Duration.ofSeconds(60);

    @Test
    void an_operator_that_has_just_started_lowers_nothing() {
        assertEquals(
                Decision.hold(
                        8,
                        Reason.JustStarted,
                        "1 would do, but nothing is lowered before 2026-03-01T12:01:00Z, after a full minute of watching"),
                aPool().ofSize(8)
                        .passes(Duration.ofSeconds(59), anEmptyReading().waiting(3)));
    }

    @Test
    void a_restart_in_a_quiet_moment_of_a_busy_hour_lowers_nothing() {
        var pool = aBusyPoolOf(8);
        pool.restarted();
        assertEquals(8, pool.passes(Duration.ofSeconds(59), anEmptyReading()).replicas());
        assertEquals(8, pool.sees(anEmptyReading().waiting(40)).replicas());
    }

    @Test
    void what_the_last_minute_needed_is_kept() {
        var pool = aBusyPoolOf(8);
        assertEquals(
                Decision.hold(8, Reason.LoweringSlowly, "1 would do, but the last minute needed 8"),
                pool.passes(Duration.ofSeconds(59), anEmptyReading().waiting(1)));
    }

    @Test
    void at_most_half_goes_in_a_minute() {
        var pool = aBusyPoolOf(8);
        pool.passes(A_MINUTE, anEmptyReading().waiting(1));
        assertEquals(
                Decision.scaleTo(4, Reason.LoweringSlowly, "1 would do, but at most half goes in a minute, so 4 now"),
                pool.sees(anEmptyReading().waiting(1)));
    }

    @Test
    void the_way_down_takes_a_minute_for_each_half() {
        var pool = aBusyPoolOf(10);
        var sizes = new ArrayList<Integer>();
        for (var minute = 0; minute < 5; minute++) {
            pool.follows(A_MINUTE.plusSeconds(1), anEmptyReading().waiting(1));
            sizes.add(pool.size());
        }
        assertEquals(List.of(5, 3, 2, 1, 1), sizes);
    }

    @Test
    void a_single_busy_moment_is_remembered_for_a_minute() {
        var pool = aPool().ofSize(4);
        pool.passes(A_MINUTE, anEmptyReading().waiting(1));
        pool.sees(anEmptyReading().waiting(20));
        pool.later(Duration.ofMillis(100));
        assertEquals(
                4,
                pool.passes(Duration.ofSeconds(59), anEmptyReading().waiting(1)).replicas());
        assertEquals(
                2,
                pool.passes(Duration.ofSeconds(1), anEmptyReading().waiting(1)).replicas());
    }

    @Test
    void what_somebody_else_has_lowered_is_not_raised_for_what_is_past() {
        var pool = aBusyPoolOf(8);
        assertEquals(4, pool.ofSize(4).sees(anEmptyReading().waiting(1)).replicas());
    }

    @Test
    void never_below_what_runs() {
        var pool = aBusyPoolOf(8);
        assertEquals(
                Decision.scaleTo(6, Reason.Running, "12 running, 2 a worker: 6"),
                pool.passes(A_MINUTE, anEmptyReading().running(12)));
    }

    @Test
    void a_job_that_may_be_held_besides_those_that_run_keeps_its_worker() {
        var pool = aBusyPoolOf(8);
        var reading = anEmptyReading().running(6).held(6).whereHeldMayRun();
        assertEquals(
                Decision.scaleTo(6, Reason.Running, "6 running and 6 held, 2 a worker: 6"),
                pool.passes(A_MINUTE, reading));
    }

    @Test
    void between_the_two_answers_of_a_double_count_the_size_stays() {
        var pool = aBusyPoolOf(4);
        var reading = anEmptyReading().running(6).held(6).whereHeldMayRun();
        assertEquals(4, pool.passes(Duration.ofMinutes(10), reading).replicas());
    }

    @Test
    void a_lowered_maxReplicas_is_obeyed_at_once() {
        var pool = aBusyPoolOf(10);
        assertEquals(
                Decision.scaleTo(
                        2,
                        Reason.MaxReplicas,
                        "50 waiting in 1 queue, one worker for 5: 10; never more than 2 (maxReplicas)"),
                pool.between(0, 2).sees(anEmptyReading().waiting(50)));
    }

    @Test
    void a_gap_between_readings_counts_as_what_was_read_before_it() {
        var pool = aBusyPoolOf(8);
        pool.later(Duration.ofMinutes(5));
        assertEquals(8, pool.sees(anEmptyReading()).replicas());
    }

    @Test
    void an_old_reading_lowers_no_more_than_it_did_when_it_was_new() {
        var pool = aBusyPoolOf(8);
        var quiet = anEmptyReading().waiting(1);
        pool.passes(A_MINUTE, quiet);
        var old = quiet.at(pool.now());
        assertEquals(4, pool.sees(old).replicas());
        pool.ofSize(4).later(Duration.ofMinutes(5));
        assertEquals(4, pool.sees(old).replicas());
    }

    @Test
    void an_operator_that_slept_for_long_begins_anew() {
        var pool = aBusyPoolOf(8);
        pool.passes(A_MINUTE, anEmptyReading());
        pool.later(Duration.ofMinutes(11));
        assertEquals(Reason.JustStarted, pool.sees(anEmptyReading()).reason());
    }

    @Test
    void a_clock_set_back_by_hours_begins_anew() {
        var pool = aBusyPoolOf(8);
        pool.passes(A_MINUTE, anEmptyReading());
        pool.later(Duration.ofHours(-2));
        assertEquals(Reason.JustStarted, pool.sees(anEmptyReading()).reason());
    }
}
