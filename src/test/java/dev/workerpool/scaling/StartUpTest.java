package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AWatchedPool.START;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartUpTest {
    private StartUp learned = StartUp.UNKNOWN;

    @Test
    void until_a_worker_was_seen_to_start_twenty_seconds_are_assumed() {
        assertEquals(Optional.empty(), learned.longest());
        assertEquals(Optional.empty(), learned.rounded());
        assertEquals(Duration.ofSeconds(20), learned.ahead());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "2, 2, 2", "3, 3, 5", "21, 21, 30", "45, 45, 60", "301, 301, 600", "4000, 600, 600"})
    void a_time_is_bounded_and_counts_rounded_up(long seconds, long longest, long ahead) {
        starts("w-0", seconds);

        assertEquals(Optional.of(Duration.ofSeconds(longest)), learned.longest());
        assertEquals(Duration.ofSeconds(ahead), learned.ahead());
    }

    @Test
    void the_longest_of_the_last_five_counts() {
        starts("w-0", 50);
        starts("w-1", 4);
        assertEquals(Duration.ofMinutes(1), learned.ahead());

        for (int pod = 2; pod < 6; pod++) {
            starts("w-" + pod, 4);
        }
        assertEquals(Duration.ofSeconds(5), learned.ahead());
    }

    @Test
    void a_pod_is_measured_once_and_only_if_it_was_created_under_our_eyes() {
        starts("w-0", 4);
        observe(pod("w-0", START), START.plusSeconds(500));
        observe(pod("w-1", START.minusSeconds(1)), START.plusSeconds(500));
        observe(new Fleet.Pod("w-2", true, false), START.plusSeconds(500));

        assertEquals(List.of(Duration.ofSeconds(4)), learned.last());
    }

    @Test
    void a_worker_that_reports_itself_is_at_work_with_its_first_report_and_any_other_when_it_is_ready() {
        var reports = anEmptyReading().withReports();
        var ready = new Fleet.Life(Optional.of(START), Optional.of(START), Optional.of(START.plusSeconds(2)));
        var pool = AWatchedPool.aPool().withPod("w-0", ready);

        pool.passes(Duration.ofSeconds(6), reports);
        assertEquals(Optional.empty(), pool.history().startUp().longest());
        pool.later(Duration.ofSeconds(1)).sees(reports.reporting("w-0", START, 0));
        assertEquals(
                Optional.of(Duration.ofSeconds(7)), pool.history().startUp().longest());

        var counted = AWatchedPool.aPool().withPod("w-0", ready);
        counted.passes(Duration.ofSeconds(6), anEmptyReading());
        assertEquals(
                Optional.of(Duration.ofSeconds(2)), counted.history().startUp().longest());
    }

    @Test
    void what_was_learned_outlives_a_sleep_of_the_operator() {
        var ready = new Fleet.Life(Optional.of(START), Optional.of(START), Optional.of(START.plusSeconds(40)));
        var pool = AWatchedPool.aPool().withPod("w-0", ready);
        pool.sees(anEmptyReading());
        pool.later(Duration.ofHours(1)).sees(anEmptyReading());

        assertEquals(pool.now(), pool.history().since());
        assertEquals(Duration.ofMinutes(1), pool.history().startUp().ahead());
    }

    private void starts(String name, long seconds) {
        observe(pod(name, START), START.plusSeconds(seconds));
    }

    private void observe(Fleet.Pod pod, Instant atWork) {
        learned = learned.observe(new Fleet(1, 1, List.of(pod)), START, any -> Optional.of(atWork));
    }

    private static Fleet.Pod pod(String name, Instant created) {
        return new Fleet.Pod(
                name, true, false, new Fleet.Life(Optional.of(created), Optional.of(created), Optional.empty()));
    }
}
