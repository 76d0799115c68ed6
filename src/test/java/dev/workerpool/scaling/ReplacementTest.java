package dev.workerpool.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.scaling.Consumption.Cause;
import dev.workerpool.scaling.Consumption.Left;
import dev.workerpool.scaling.Consumption.Shift;
import dev.workerpool.scaling.Consumption.Stuck;
import dev.workerpool.scaling.Replacement.Noted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One at a time, one that is free, noted before it goes, and never without end. */
class ReplacementTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Settings.Stuck REPLACE = new Settings.Stuck(Duration.ofMinutes(5), true);
    private static final List<Fleet.Pod> PODS = List.of(pod("w-0"), pod("w-1"));

    @Test
    void the_one_that_was_free_for_longest_is_noted_first_and_then_goes() {
        assertEquals(new Replacement.Note("w-1"), at(NOW, List.of()));
        assertEquals(new Replacement.Evict("w-1"), at(NOW.plusSeconds(1), List.of(new Noted("w-1", NOW))));
    }

    @Test
    void what_an_earlier_process_has_noted_and_not_done_is_done() {
        assertEquals(new Replacement.Evict("w-0"), at(NOW, List.of(new Noted("w-0", NOW.minusSeconds(900)))));
    }

    @Test
    void each_waits_for_longer_than_the_one_before_it_and_three_go_in_an_hour_at_most() {
        assertEquals(List.of(0L, 10L, 30L, 60L, 80L, 100L), minutesOfReplacements(Duration.ofMinutes(119)));
    }

    @Test
    void who_only_wants_to_know_has_nothing_replaced() {
        assertEquals(
                new Replacement.None(),
                Replacement.of(stuck(Cause.NOT_TAKEN), seen(PODS, 2, NOW), Settings.Stuck.REPORTED, List.of()));
    }

    @Test
    void another_worker_would_be_started_with_the_same_queues_or_crash_likewise() {
        for (Cause cause : List.of(Cause.NOT_SERVED, Cause.CRASHING)) {
            assertEquals(new Replacement.None(), Replacement.of(stuck(cause), seen(PODS, 2, NOW), REPLACE, List.of()));
        }
        assertEquals(
                new Replacement.None(),
                Replacement.of(new Consumption.Undecided(), seen(PODS, 2, NOW), REPLACE, List.of()));
    }

    @Test
    void none_goes_while_another_comes_or_goes() {
        var ending = new Fleet.Pod("w-1", true, true);
        var starting = new Fleet.Pod("w-1", false, false);
        for (var other : List.of(ending, starting)) {
            assertEquals(new Replacement.None(), of(seen(List.of(pod("w-0"), other), 2, NOW), List.of()));
        }
        assertEquals(new Replacement.None(), of(seen(PODS, 3, NOW), List.of()), "one is not there yet");
        assertEquals(new Replacement.None(), of(seen(PODS, 1, NOW), List.of()), "one is too many");
    }

    @Test
    void times_of_the_future_were_written_by_another_hand() {
        assertEquals(new Replacement.Note("w-1"), at(NOW, List.of(new Noted("x", NOW.plusSeconds(60)))));
    }

    /** Each minute one reading; whoever is noted is gone in the next, and another one as free has come. */
    private static List<Long> minutesOfReplacements(Duration time) {
        var noted = new ArrayList<Noted>();
        var minutes = new ArrayList<Long>();
        for (var now = NOW; now.isBefore(NOW.plus(time)); now = now.plusSeconds(60)) {
            if (at(now, noted) instanceof Replacement.Note) {
                noted.add(new Noted("gone-" + noted.size(), now));
                minutes.add(Duration.between(NOW, now).toMinutes());
            }
        }
        return minutes;
    }

    private static Replacement at(Instant now, List<Noted> noted) {
        return of(seen(PODS, 2, now), noted);
    }

    private static Replacement of(Observation seen, List<Noted> noted) {
        return Replacement.of(stuck(Cause.NOT_TAKEN), seen, REPLACE, noted);
    }

    private static Consumption stuck(Cause cause) {
        return new Stuck(cause, List.of(new Left("mail", NOW)), new Shift(2, List.of("w-1", "w-0"), Optional.empty()));
    }

    private static Observation seen(List<Fleet.Pod> pods, int replicas, Instant now) {
        return new Observation(now, new Fleet(replicas, replicas, pods), new Measurement.Unavailable(now, "not asked"));
    }

    private static Fleet.Pod pod(String name) {
        return new Fleet.Pod(name, true, false);
    }
}
