package dev.workerpool.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.scaling.Leftovers.OfPool;
import dev.workerpool.scaling.Measurement.Measured;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<Figure> NONE_RUN = Optional.of(Figure.of(0));

    @Test
    void nothing_is_left_where_every_figure_was_read_to_be_zero() {
        Leftovers none = of("mail", measured(0, 0, "-"), NONE_RUN);
        assertTrue(none.empty());
        assertEquals("nothing", none.words());
        assertEquals(0, none.atLeast());
    }

    @Test
    void what_waits_runs_or_is_scheduled_is_counted_and_told() {
        Leftovers some = of("mail", measured(30, 5, "a"), Optional.of(Figure.of(2)));
        assertFalse(some.empty());
        assertEquals(37, some.atLeast());
        assertEquals(
                "30 waiting in queue mail, 2 running in pool mail, 5 scheduled or retried as seen by pool mail",
                some.words());
    }

    @Test
    void unknown_is_not_zero() {
        Leftovers silent = of("mail", new Measurement.Unavailable(NOW, "the connection was lost"), NONE_RUN);
        assertFalse(silent.empty());
        assertEquals("unknown how many jobs of pool mail (the connection was lost)", silent.words());
        assertFalse(of("mail", measured(0, 0, "-"), Optional.of(new Figure.Unknown("a worker is silent")))
                .empty());
    }

    @Test
    void a_framework_that_keeps_no_scheduled_jobs_leaves_none() {
        Measured read = new Measured(NOW, List.of(queue(0, "-")), new Workers.Counted(Figure.of(0)), false);
        assertTrue(of("mail", read, NONE_RUN).empty());
    }

    @Test
    void a_long_list_is_cut() {
        Map<String, OfPool> pools = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            pools.put("pool-" + i, new OfPool(measured(1, 0, "a"), NONE_RUN));
        }
        assertTrue(new Leftovers(pools).words().endsWith(" and 4 more"));
    }

    @Test
    void as_many_jobs_with_the_same_one_first_are_the_same_jobs() {
        Leftovers old = of("mail", measured(3, 1, "a"), NONE_RUN);
        assertTrue(old.sameAs(of("mail", measured(3, 1, "a"), NONE_RUN)));
        assertFalse(old.sameAs(of("mail", measured(3, 1, "b"), NONE_RUN)));
        assertFalse(old.sameAs(of("mail", measured(2, 1, "a"), NONE_RUN)));
        assertFalse(old.sameAs(of("mail", measured(3, 0, "a"), NONE_RUN)));
        assertFalse(old.sameAs(of("images", measured(3, 1, "a"), NONE_RUN)));
        assertFalse(old.sameAs(of("mail", new Measurement.Unavailable(NOW, "lost"), NONE_RUN)));
    }

    @Test
    void that_both_are_empty_proves_nothing() {
        Leftovers none = of("mail", measured(0, 0, "-"), NONE_RUN);
        assertFalse(none.sameAs(none));
    }

    static Leftovers of(String pool, Measurement seen, Optional<Figure> running) {
        return new Leftovers(Map.of(pool, new OfPool(seen, running)));
    }

    static Measured measured(long waiting, long scheduled, String first) {
        return new Measured(
                NOW,
                List.of(queue(waiting, first)),
                new Workers.Counted(Figure.of(0)),
                false,
                new Beside(Figure.of(scheduled), Figure.of(0)));
    }

    private static QueueReading queue(long waiting, String first) {
        return new QueueReading(
                "mail",
                Figure.of(waiting),
                Figure.of(0),
                Figure.of(0),
                Figure.of(0),
                waiting == 0 ? Optional.empty() : Optional.of(new QueueReading.Tail(first, Optional.empty())));
    }
}
