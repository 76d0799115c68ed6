package dev.workerpool.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.scaling.Move.Go;
import dev.workerpool.scaling.Move.Situation;
import dev.workerpool.scaling.Move.Stay;
import dev.workerpool.scaling.Move.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether workers may leave a server. */
class MoveTest {
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Leftovers SOME =
            LeftoversTest.of("mail", LeftoversTest.measured(30, 5, "a"), Optional.of(Figure.of(0)));
    private static final Leftovers NONE =
            LeftoversTest.of("mail", LeftoversTest.measured(0, 0, "-"), Optional.of(Figure.of(0)));

    @Test
    void they_stay_while_there_are_jobs() {
        assertEquals(new Stay(true, SOME.words()), Move.of(at(SOME)));
    }

    @Test
    void they_go_once_it_has_been_empty_for_long_enough() {
        assertTrue(Move.of(emptyFor(9)) instanceof Stay stay && !stay.forJobs());
        assertEquals(new Go(Why.EMPTY), Move.of(emptyFor(10)));
    }

    @Test
    void they_go_at_once_where_the_new_one_holds_the_same_jobs_or_a_person_says_so_or_there_are_none() {
        assertEquals(
                new Go(Why.SAME_JOBS),
                Move.of(new Situation(true, false, SOME, Optional.empty(), Optional.empty(), QUIET)));
        assertEquals(
                new Go(Why.ASKED),
                Move.of(new Situation(false, true, SOME, Optional.empty(), Optional.empty(), QUIET)));
        assertEquals(
                new Go(Why.NO_POOLS),
                Move.of(new Situation(
                        false, false, new Leftovers(Map.of()), Optional.empty(), Optional.empty(), QUIET)));
    }

    @Test
    void a_silent_one_is_gone_after_a_minute_and_not_taken_for_empty_before() {
        assertTrue(Move.of(silentFor(59)) instanceof Stay stay && stay.forJobs());
        assertEquals(new Go(Why.GONE), Move.of(silentFor(60)));
    }

    @Test
    void it_takes_longer_where_nobody_was_seen_to_switch_or_nobody_could_go_back_or_they_had_to_before() {
        assertEquals(Duration.ofSeconds(10), Move.quiet(true, true, 0));
        assertEquals(Duration.ofMinutes(1), Move.quiet(false, true, 0));
        assertEquals(Duration.ofMinutes(2), Move.quiet(false, false, 0));
        assertEquals(Duration.ofSeconds(40), Move.quiet(true, true, 2));
        assertEquals(Move.WATCHED_FOR, Move.quiet(false, true, 100));
    }

    private static Situation at(Leftovers old) {
        return new Situation(false, false, old, Optional.empty(), Optional.empty(), QUIET);
    }

    private static Situation emptyFor(long seconds) {
        return new Situation(false, false, NONE, Optional.of(Duration.ofSeconds(seconds)), Optional.empty(), QUIET);
    }

    private static Situation silentFor(long seconds) {
        return new Situation(
                false,
                false,
                LeftoversTest.of("mail", new Measurement.Unavailable(Instant.EPOCH, "lost"), Optional.of(Figure.of(0))),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(seconds)),
                QUIET);
    }
}
