package dev.workerpool.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionListTest {
    private static final Instant THEN = Instant.parse("2030-01-01T12:00:00.5Z");
    private static final Instant LATER = THEN.plusSeconds(60);
    private static final List<Condition> BEFORE =
            ConditionList.of(List.of(Verdict.fails(ConditionType.Ready, "Down", "it is down")), null, 1L, THEN);

    @Test
    void a_time_is_of_whole_seconds() {
        assertEquals("2030-01-01T12:00:00Z", BEFORE.getFirst().getLastTransitionTime());
    }

    @Test
    void another_reason_for_the_same_status_is_no_transition() {
        Condition after = after(Verdict.fails(ConditionType.Ready, "Gone", "it is gone"));
        assertEquals("Gone", after.getReason());
        assertEquals(BEFORE.getFirst().getLastTransitionTime(), after.getLastTransitionTime());
    }

    @Test
    void another_status_is() {
        Condition after = after(Verdict.unknown(ConditionType.Ready, "Silent", "nobody knows"));
        assertEquals("Unknown", after.getStatus());
        assertEquals("2030-01-01T12:01:00Z", after.getLastTransitionTime());
    }

    @Test
    void it_says_of_which_spec_it_speaks() {
        assertEquals(
                2L, after(Verdict.holds(ConditionType.Ready, "Up", "it is up")).getObservedGeneration());
    }

    @Test
    void a_message_is_cut_where_the_API_would_refuse_it() {
        Condition after = after(Verdict.fails(ConditionType.Ready, "Long", "x".repeat(40_000)));
        assertEquals(32_768, after.getMessage().length());
    }

    private static Condition after(Verdict verdict) {
        return ConditionList.of(List.of(verdict), BEFORE, 2L, LATER).getFirst();
    }
}
