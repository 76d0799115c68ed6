package dev.workerpool.scaling;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a pool may be left alone until something changes. */
class SightingTest {
    private static final Figure NONE = Figure.of(0);
    private static final Figure UNKNOWN = new Figure.Unknown("the server refused");

    @Test
    void an_idle_pool_at_zero_is_at_rest() {
        assertTrue(atRest(Reason.Idle, 0, 0, NONE, NONE));
    }

    @Test
    void so_is_one_at_its_floor_or_of_fixed_size_with_nothing_to_do() {
        assertTrue(atRest(Reason.MinReplicas, 2, 2, NONE, NONE));
        assertTrue(atRest(Reason.FixedReplicas, 3, 3, NONE, NONE));
    }

    @Test
    void one_that_may_yet_be_lowered_is_not() {
        assertFalse(atRest(Reason.IdleNotProven, 1, 1, NONE, NONE));
        assertFalse(atRest(Reason.LoweringSlowly, 3, 3, NONE, NONE));
        assertFalse(atRest(Reason.JustStarted, 3, 3, NONE, NONE));
    }

    @Test
    void one_whose_size_is_not_yet_what_was_decided_is_not() {
        assertFalse(atRest(Reason.Idle, 0, 1, NONE, NONE));
    }

    @Test
    void one_with_anything_to_do_or_that_cannot_be_read_is_not() {
        assertFalse(atRest(Reason.MinReplicas, 1, 1, Figure.of(1), NONE));
        assertFalse(atRest(Reason.MinReplicas, 1, 1, NONE, Figure.of(1)));
        assertFalse(atRest(Reason.MinReplicas, 1, 1, NONE, UNKNOWN));
    }

    private static boolean atRest(Reason reason, int decided, int live, Figure waiting, Figure running) {
        return new Sighting(
                        new Settings(live, 1, Optional.empty()),
                        new Totals(waiting, NONE, NONE, running, Optional.empty()),
                        new Fleet(live, live, List.of()),
                        Decision.scaleTo(decided, reason, ""),
                        StartUp.UNKNOWN)
                .atRest();
    }
}
