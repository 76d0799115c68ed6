package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.SILENT_AFTER;
import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AWatchedPool.START;
import static dev.workerpool.scaling.AWatchedPool.aPool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Instant LONG_AGO = Instant.EPOCH;

    @Test
    void a_worker_that_has_never_reported_is_unknown_and_named() {
        assertEquals(
                Decision.hold(
                        2,
                        Reason.RunningUnknown,
                        "the size stays at 2: 1 of 2 live workers does not say what it runs: w-1"),
                onlyOneReports(aPool().ofSize(2), Duration.ofMinutes(2)));
    }

    @Test
    void a_worker_that_has_just_started_may_be_silent_for_a_while() {
        var reading = anEmptyReading().reporting("w-0", START, 0);
        assertEquals(
                Decision.hold(
                        2,
                        Reason.WorkersSettling,
                        "the size stays at 2: 1 of 2 live workers does not say what it runs: w-1; "
                                + "workers that start or end are silent for a while"),
                aPool().ofSize(2).sees(reading));
    }

    @Test
    void a_worker_that_ends_may_be_silent_as_long_as_it_takes() {
        var pool = aPool().ofSize(1).withAnEndingPod("w-9");
        assertEquals(
                Reason.WorkersSettling,
                onlyOneReports(pool, Duration.ofHours(1)).reason());
    }

    @Test
    void several_silent_workers_are_counted_and_one_is_named() {
        var decision =
                aPool().ofSize(3).passes(Duration.ofMinutes(2), anEmptyReading().withReports());
        assertEquals(
                "the size stays at 3: 3 of 3 live workers do not say what they run, such as w-0", decision.message());
    }

    @Test
    void a_worker_whose_stamp_no_longer_changes_falls_silent() {
        var pool = aPool().ofSize(1);
        var reading = anEmptyReading().reporting("w-0", START, 0);
        assertEquals(Reason.JustStarted, pool.passes(SILENT_AFTER, reading).reason());
        assertEquals(
                Reason.WorkersSettling,
                pool.passes(Duration.ofSeconds(1), reading).reason());
        assertEquals(
                Reason.RunningUnknown,
                pool.passes(Duration.ofMinutes(2), reading).reason());
    }

    @Test
    void a_silent_worker_is_heard_again_with_its_next_stamp() {
        var pool = aPool().ofSize(1);
        pool.passes(Duration.ofHours(1), anEmptyReading().reporting("w-0", START, 0));
        assertEquals(
                "2 running, 2 a worker: 1",
                pool.sees(anEmptyReading().reporting("w-0", pool.now(), 2)).message());
    }

    @Test
    void a_workers_clock_may_be_wrong_by_years() {
        var decision = aPool().ofSize(1).sees(anEmptyReading().reporting("w-0", LONG_AGO, 3));
        assertEquals("3 running, 2 a worker: 2", decision.message());
    }

    @Test
    void workers_of_other_pools_do_not_count() {
        var reading = anEmptyReading().reporting("w-0", START, 1).reporting("stranger", START, 40);
        assertEquals("1 running, 2 a worker: 1", aPool().ofSize(1).sees(reading).message());
    }

    @Test
    void several_processes_of_one_pod_add_up() {
        var reading = anEmptyReading().reporting("w-0", START, 3).reporting("w-0", LONG_AGO, 4);
        assertEquals("7 running, 2 a worker: 4", aPool().ofSize(1).sees(reading).message());
    }

    @Test
    void one_silent_process_of_a_pod_makes_the_pod_silent() {
        var pool = aPool().ofSize(1);
        pool.sees(anEmptyReading().reporting("w-0", LONG_AGO, 0).reporting("w-0", START, 0));
        pool.later(SILENT_AFTER.plusSeconds(1));
        var reading = anEmptyReading().reporting("w-0", LONG_AGO, 0).reporting("w-0", pool.now(), 0);
        assertEquals(Reason.WorkersSettling, pool.sees(reading).reason());
    }

    @Test
    void a_report_is_matched_by_the_host_name_that_the_kubelet_cuts() {
        var pod = "a-pool-with-quite-a-long-name-for-what-it-does-every-day-abcdef-12-wxyz";
        var host = "a-pool-with-quite-a-long-name-for-what-it-does-every-day-abcdef";
        var reading = anEmptyReading().reporting(host, START, 2);
        assertEquals(
                "2 running, 2 a worker: 1", aPool().withPods(pod).sees(reading).message());
    }

    @Test
    void a_cut_host_name_ends_in_a_letter_or_a_digit() {
        var pod = new Fleet.Pod("a".repeat(61) + "-.bcd", true, false);
        assertEquals("a".repeat(61), pod.host());
    }

    /** The worker w-0 does, each second. */
    private static Decision onlyOneReports(AWatchedPool pool, Duration time) {
        var decision = pool.sees(anEmptyReading().reporting("w-0", pool.now(), 0));
        for (var second = 0; second < time.toSeconds(); second++) {
            pool.later(Duration.ofSeconds(1));
            decision = pool.sees(anEmptyReading().reporting("w-0", pool.now(), 0));
        }
        return decision;
    }
}
