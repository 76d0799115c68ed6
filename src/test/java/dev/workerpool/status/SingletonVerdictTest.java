package dev.workerpool.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.status.SingletonVerdict.State;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SingletonVerdictTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final State BEAT = new State("beat", "mail-beat", true);
    private static final State NO_BEAT = new State("beat", "mail-beat", false);
    private static final State CLOCK = new State("clock", "mail-clock", true);

    @Test
    void a_pool_without_any_says_nothing() {
        assertEquals(Optional.empty(), SingletonVerdict.of(List.of(), true, null, NOW));
    }

    @Test
    void nothing_is_said_before_they_may_begin() {
        assertEquals(Optional.empty(), SingletonVerdict.of(List.of(NO_BEAT), false, null, NOW));
        assertEquals(
                "Unknown SingletonStarting being started, or replaced once the pod before is gone: beat",
                said(List.of(NO_BEAT, CLOCK), false, null, NOW));
    }

    @Test
    void all_that_run_are_named() {
        assertEquals(
                "True SingletonsRun running, one of each: beat, clock", said(List.of(BEAT, CLOCK), true, null, NOW));
    }

    @Test
    void what_does_not_run_for_two_minutes_is_in_trouble_and_named_with_its_pod() {
        List<Condition> shown = shown(said(List.of(NO_BEAT, CLOCK), true, shown("True", NOW.minusSeconds(900)), NOW));
        assertTrue(said(List.of(NO_BEAT), true, shown, NOW.plusSeconds(119)).startsWith("Unknown"));
        assertEquals(
                "False SingletonNotRunning not running: beat. See kubectl describe, and the log, of pod mail-beat-0",
                said(List.of(NO_BEAT, CLOCK), true, shown, NOW.plusSeconds(120)));
    }

    @Test
    void trouble_lasts_until_all_run() {
        List<Condition> shown = shown("False", NOW);
        assertTrue(said(List.of(NO_BEAT), true, shown, NOW.plusSeconds(1)).startsWith("False"));
        assertTrue(said(List.of(BEAT), true, shown, NOW.plusSeconds(1)).startsWith("True"));
    }

    @Test
    void one_that_starts_is_looked_at_again_when_it_has_taken_too_long() {
        assertEquals(
                Optional.of(Duration.ofSeconds(30).plusMillis(1)),
                SingletonVerdict.lookAgain(shown("Unknown", NOW.minusSeconds(90)), NOW));
        assertEquals(
                Optional.of(Duration.ofSeconds(1)),
                SingletonVerdict.lookAgain(shown("Unknown", NOW.minusSeconds(900)), NOW));
        assertEquals(Optional.empty(), SingletonVerdict.lookAgain(shown("True", NOW), NOW));
        assertEquals(Optional.empty(), SingletonVerdict.lookAgain(null, NOW));
    }

    @Test
    void a_time_that_is_still_to_come_or_no_time_at_all_makes_nobody_hurry() {
        assertTrue(said(List.of(NO_BEAT), true, shown("Unknown", NOW.plusSeconds(500)), NOW)
                .startsWith("Unknown"));
        Condition odd = shown("Unknown", NOW).getFirst();
        odd.setLastTransitionTime("yesterday");
        assertTrue(said(List.of(NO_BEAT), true, List.of(odd), NOW).startsWith("Unknown"));
    }

    private static String said(List<State> singletons, boolean proven, @Nullable List<Condition> shown, Instant now) {
        return SingletonVerdict.of(singletons, proven, shown, now)
                .map(verdict -> verdict.status() + " " + verdict.reason() + " " + verdict.message())
                .orElse("");
    }

    private static List<Condition> shown(String said) {
        return shown(said.split(" ", 2)[0], NOW);
    }

    private static List<Condition> shown(String status, Instant since) {
        Verdict verdict = new Verdict(ConditionType.SingletonsReady, Verdict.Truth.valueOf(status), "Reason", "");
        return ConditionList.of(List.of(verdict), null, 1L, since);
    }
}
