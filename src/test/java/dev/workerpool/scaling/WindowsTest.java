package dev.workerpool.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void an_unchanging_pool_costs_one_entry() {
        var windows = Windows.NONE;
        for (var second = 0; second < 10_000; second++) {
            windows = windows.observe(START.plusSeconds(second), 1, 0);
        }
        assertEquals(1, windows.spans().size());
    }

    @Test
    void a_pool_that_changes_every_millisecond_costs_at_most_two_entries_a_second() {
        var windows = Windows.NONE;
        for (var milli = 0; milli < 200_000; milli++) {
            windows = windows.observe(START.plusMillis(milli), milli % 7, milli % 11);
        }
        assertTrue(windows.spans().size() <= 124, "spans: " + windows.spans().size());
        assertEquals(6, windows.largestSize());
        assertEquals(10, windows.highestNeed());
    }

    @Test
    void what_was_kept_together_is_forgotten_together() {
        var windows = Windows.NONE
                .observe(START, 1, 1)
                .observe(START.plusMillis(10), 1, 9)
                .observe(START.plusMillis(20), 1, 1)
                .observe(START.plusMillis(30), 1, 2);
        assertEquals(9, windows.observe(START.plusMillis(60_029), 1, 1).highestNeed());
        assertEquals(2, windows.observe(START.plusMillis(60_030), 1, 1).highestNeed());
    }

    @Test
    void what_changes_after_a_long_gap_was_true_until_then() {
        var windows = Windows.NONE.observe(START, 8, 8).observe(START.plusSeconds(300), 8, 1);
        assertEquals(8, windows.highestNeed());
        assertEquals(8, windows.observe(START.plusSeconds(359), 8, 1).highestNeed());
        assertEquals(1, windows.observe(START.plusSeconds(360), 8, 1).highestNeed());
    }
}
