package dev.workerpool.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server whose workers have left it. */
class AftermathTest {
    private static final Leftovers SOME = LeftoversTest.of("mail", LeftoversTest.measured(1, 0, "a"), Optional.empty());
    private static final Leftovers NONE = LeftoversTest.of("mail", LeftoversTest.measured(0, 0, "-"), Optional.empty());
    private static final Leftovers UNKNOWN =
            LeftoversTest.of("mail", new Measurement.Unavailable(Instant.EPOCH, "lost"), Optional.empty());

    @Test
    void a_job_that_comes_late_takes_workers_back_where_they_may_go_back() {
        assertEquals(Aftermath.RETURN, seen(SOME, true, Optional.empty(), Optional.empty()));
        assertEquals(Aftermath.WATCH, seen(SOME, false, Optional.empty(), Optional.empty()));
    }

    @Test
    void it_is_looked_at_until_ten_minutes_after_its_last_job() {
        assertEquals(Aftermath.WATCH, seen(NONE, true, minutes(9), Optional.empty()));
        assertEquals(Aftermath.OVER, seen(NONE, true, minutes(10), Optional.empty()));
    }

    @Test
    void a_silent_one_takes_nobody_back_and_is_given_up_in_the_end() {
        assertEquals(Aftermath.WATCH, seen(UNKNOWN, true, Optional.empty(), minutes(9)));
        assertEquals(Aftermath.OVER, seen(UNKNOWN, true, Optional.empty(), minutes(10)));
    }

    @Test
    void what_was_not_read_yet_is_no_reason_to_stop() {
        assertEquals(Aftermath.WATCH, seen(UNKNOWN, true, Optional.empty(), Optional.empty()));
    }

    @Test
    void without_pools_nothing_is_looked_at() {
        assertEquals(Aftermath.OVER, seen(new Leftovers(Map.of()), true, Optional.empty(), Optional.empty()));
    }

    private static Aftermath seen(
            Leftovers left, boolean wayBack, Optional<Duration> quiet, Optional<Duration> silent) {
        return Aftermath.of(new Aftermath.Seen(left, wayBack, quiet, silent));
    }

    private static Optional<Duration> minutes(int minutes) {
        return Optional.of(Duration.ofMinutes(minutes));
    }
}
