package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AReading.noAnswer;
import static dev.workerpool.scaling.AWatchedPool.aPool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ToZeroTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Decision IDLE = Decision.scaleTo(0, Reason.Idle, "nothing waiting, held, due or running");

    @Test
    void the_last_worker_goes_after_idleAfter() {
        assertEquals(IDLE, aPool().ofSize(1).passes(FIVE_MINUTES, anEmptyReading()));
    }

    @Test
    void and_not_a_second_earlier() {
        assertEquals(
                Decision.hold(
                        1,
                        Reason.IdleNotProven,
                        "idle since 2026-03-01T12:00:00Z, the last worker goes at 2026-03-01T12:05:00Z"),
                aPool().ofSize(1).passes(FIVE_MINUTES.minusSeconds(1), anEmptyReading()));
    }

    @Test
    void it_stays_with_minReplicas() {
        assertEquals(
                Reason.MinReplicas,
                aPool().between(1, 10)
                        .ofSize(1)
                        .passes(Duration.ofHours(1), anEmptyReading())
                        .reason());
    }

    @Test
    void one_other_reading_begins_the_proof_anew() {
        var pool = aPool().ofSize(1);
        pool.passes(FIVE_MINUTES, anEmptyReading());
        pool.sees(anEmptyReading().running(1));
        pool.later(Duration.ofSeconds(1));
        assertEquals(
                1, pool.passes(FIVE_MINUTES.minusSeconds(1), anEmptyReading()).replicas());
        assertEquals(IDLE, pool.passes(Duration.ofSeconds(1), anEmptyReading()));
    }

    @Test
    void a_queue_that_was_stirred_though_it_reads_empty_begins_the_proof_anew() {
        var pool = aPool().ofSize(1);
        pool.passes(FIVE_MINUTES.minusSeconds(1), anEmptyReading());
        pool.later(Duration.ofSeconds(1));
        pool.sees(((Measurement.Measured) anEmptyReading().at(pool.now())).whenStirred());
        assertEquals(
                1, pool.passes(FIVE_MINUTES.minusSeconds(1), anEmptyReading()).replicas());
        assertEquals(IDLE, pool.passes(Duration.ofSeconds(1), anEmptyReading()));
    }

    @Test
    void one_unanswered_reading_begins_the_proof_anew() {
        var pool = aPool().ofSize(1);
        pool.passes(FIVE_MINUTES, anEmptyReading());
        pool.sees(noAnswer("timed out"));
        assertEquals(1, pool.passes(FIVE_MINUTES, anEmptyReading()).replicas());
    }

    @Test
    void one_unknown_figure_begins_the_proof_anew() {
        var pool = aPool().ofSize(1);
        pool.passes(FIVE_MINUTES, anEmptyReading());
        pool.sees(anEmptyReading().waitingUnknown("wrong type"));
        pool.later(Duration.ofSeconds(1));
        assertEquals(
                1, pool.passes(FIVE_MINUTES.minusSeconds(1), anEmptyReading()).replicas());
    }

    @Test
    void the_same_measurement_seen_again_proves_nothing_more() {
        var pool = aPool().ofSize(1).idleAfter(Duration.ofSeconds(1));
        pool.passes(Duration.ofSeconds(61), anEmptyReading().running(1));
        pool.later(Duration.ofSeconds(1));
        var measurement = anEmptyReading().at(pool.now());
        for (var second = 0; second < 300; second++) {
            pool.sees(measurement);
            pool.later(Duration.ofSeconds(1));
        }
        assertEquals(
                "idle since 2026-03-01T12:01:02Z, the last worker goes at 2026-03-01T12:01:03Z",
                pool.sees(measurement).message());
    }

    @Test
    void two_readings_far_apart_are_not_enough() {
        var pool = aPool().ofSize(1);
        pool.sees(anEmptyReading());
        pool.later(FIVE_MINUTES);
        pool.sees(anEmptyReading());
        assertEquals(
                "idle since 2026-03-01T12:00:00Z, but not yet in 3 readings",
                pool.sees(anEmptyReading()).message());
        pool.later(FIVE_MINUTES);
        assertEquals(IDLE, pool.sees(anEmptyReading()));
    }

    @Test
    void where_workers_report_themselves_a_report_of_before_proves_nothing() {
        var pool = aPool().ofSize(1).idleAfter(Duration.ofSeconds(10));
        pool.passes(Duration.ofSeconds(61), anEmptyReading().reporting("w-0", pool.now(), 1));
        var idle = anEmptyReading().reporting("w-0", pool.now(), 0);
        pool.passes(Duration.ofSeconds(20), idle);
        assertEquals(
                "idle since 2026-03-01T12:01:02Z, but worker w-0 has not said so twice since then",
                pool.sees(idle).message());
    }

    @Test
    void where_workers_report_themselves_two_new_reports_of_each_complete_the_proof() {
        var pool = aPool().ofSize(1).idleAfter(Duration.ofSeconds(10));
        pool.passes(Duration.ofSeconds(61), anEmptyReading().running(1));
        pool.sees(anEmptyReading().reporting("w-0", pool.now(), 0));
        pool.later(Duration.ofSeconds(1));
        var idle = anEmptyReading().reporting("w-0", pool.now(), 0);
        pool.passes(Duration.ofSeconds(15), idle);
        pool.later(Duration.ofSeconds(1));
        idle = anEmptyReading().reporting("w-0", pool.now(), 0);
        assertEquals(
                Reason.IdleNotProven, pool.passes(Duration.ofSeconds(15), idle).reason());
        pool.later(Duration.ofSeconds(30));
        assertEquals(IDLE, pool.sees(anEmptyReading().reporting("w-0", pool.now(), 0)));
    }

    @Test
    void one_process_of_a_pod_cannot_speak_for_the_other() {
        var pool = aPool().ofSize(1).idleAfter(Duration.ofSeconds(10));
        pool.passes(Duration.ofSeconds(61), anEmptyReading().running(1));
        var stuck = pool.now();
        var decision = pool.sees(anEmptyReading().reporting("w-0", stuck, 0));
        for (var second = 0; second < 25; second++) {
            pool.later(Duration.ofSeconds(1));
            decision = pool.sees(anEmptyReading().reporting("w-0", stuck, 0).reporting("w-0", pool.now(), 0));
        }
        assertEquals(
                "idle since 2026-03-01T12:01:02Z, but worker w-0 has not said so twice since then", decision.message());
    }

    @Test
    void a_worker_that_comes_up_during_the_proof_must_report_itself_too() {
        var pool = aPool().pending(1);
        pool.passes(FIVE_MINUTES, anEmptyReading());
        pool.ofSize(1);
        assertEquals(
                Reason.WorkersSettling,
                pool.sees(anEmptyReading().withReports()).reason());
    }

    @Test
    void a_pool_whose_pods_are_all_pending_goes_to_zero_after_idleAfter() {
        var pool = aPool().pending(1);
        assertEquals(
                Reason.IdleNotProven,
                pool.passes(FIVE_MINUTES.minusSeconds(1), anEmptyReading().withReports())
                        .reason());
        assertEquals(IDLE, pool.passes(Duration.ofSeconds(1), anEmptyReading().withReports()));
    }

    @Test
    void a_short_idleAfter_does_not_shorten_the_minute() {
        var pool = aPool().ofSize(1).idleAfter(Duration.ofSeconds(1));
        pool.passes(Duration.ofSeconds(60), anEmptyReading().waiting(1));
        assertEquals(
                Decision.hold(1, Reason.LoweringSlowly, "0 would do, but the last minute needed 1"),
                pool.passes(Duration.ofSeconds(30), anEmptyReading()));
    }

    @Test
    void a_large_idle_pool_comes_down_to_one_before_the_proof() {
        var pool = aPool().ofSize(10);
        pool.follows(Duration.ofSeconds(250), anEmptyReading());
        assertEquals(1, pool.size());
        pool.follows(Duration.ofSeconds(62), anEmptyReading());
        assertEquals(0, pool.size());
    }
}
