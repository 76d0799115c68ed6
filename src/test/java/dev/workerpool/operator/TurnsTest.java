package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.operator.Turns.Turn;
import dev.workerpool.testing.builders.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Pools of one Broker take up what it gives one after the other, by name. */
class TurnsTest {
    private static final BrokerKey JOBS = new BrokerKey("shop", "jobs");
    private static final Turn BEGIN = new Turn.Begin();

    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final List<String> woken = new ArrayList<>();
    private final Set<String> rolling = new HashSet<>();
    private final Turns turns = new Turns(pool -> woken.add(pool.name()), clock);

    private Turn ask(String pool) {
        return turns.ask(
                JOBS,
                new PoolKey("shop", pool),
                rolling::contains,
                () -> new TreeSet<>(rolling)
                        .stream().filter(name -> !name.equals(pool)).findFirst());
    }

    private void rolled(String pool) {
        rolling.remove(pool);
        turns.leave(JOBS, new PoolKey("shop", pool));
    }

    private static String firstOf(Turn turn) {
        return turn instanceof Turn.Wait wait ? wait.first() : "itself";
    }

    @Test
    void whoever_hears_of_it_first_waits_until_all_have_heard() {
        assertEquals("reports", firstOf(ask("reports")));
        assertEquals("mail", firstOf(ask("mail")));
        clock.advance(Duration.ofMillis(500));
        assertEquals("mail", firstOf(ask("reports")));
        assertEquals(List.of("mail"), woken);
        assertEquals(BEGIN, ask("mail"));
    }

    @Test
    void the_next_by_name_is_woken_once_one_has_rolled() {
        begun("a");
        assertEquals("a", firstOf(ask("c")));
        ask("b");
        rolled("a");
        assertEquals(List.of("b"), woken);
        assertEquals(BEGIN, ask("b"));
        rolling.add("b");
        assertEquals("b", firstOf(ask("c")));
        rolled("b");
        assertEquals(BEGIN, ask("c"));
    }

    @Test
    void two_never_begin_in_the_same_moment() {
        ask("a");
        ask("b");
        clock.advance(Duration.ofSeconds(1));
        assertEquals(BEGIN, ask("a"));
        assertEquals("a", firstOf(ask("b")), "a has begun, though its Deployment does not show it yet");
    }

    @Test
    void after_a_restart_the_deployments_alone_tell_who_rolls() {
        rolling.add("z");
        ask("a");
        clock.advance(Duration.ofSeconds(1));
        assertEquals("z", firstOf(ask("a")));
        rolled("z");
        assertEquals(List.of("a"), woken);
        assertEquals(BEGIN, ask("a"));
    }

    @Test
    void one_that_does_not_take_its_turn_holds_up_nobody_for_long() {
        begun("a");
        ask("b");
        rolling.remove("a");
        assertEquals("a", firstOf(ask("b")));
        clock.advance(Duration.ofSeconds(20));
        assertEquals(BEGIN, ask("b"));
    }

    @Test
    void one_that_is_deleted_gives_its_turn_away() {
        begun("a");
        ask("b");
        rolling.remove("a");
        turns.forget(new PoolKey("shop", "a"));
        assertEquals(List.of("b"), woken);
        assertEquals(BEGIN, ask("b"));
    }

    @Test
    void one_alone_in_a_line_looks_again_by_itself() {
        rolling.add("z");
        assertEquals(new Turn.Wait("z", Optional.of(Duration.ofSeconds(30))), ask("a"));
    }

    private void begun(String pool) {
        ask(pool);
        clock.advance(Duration.ofSeconds(1));
        assertEquals(BEGIN, ask(pool));
        rolling.add(pool);
    }
}
