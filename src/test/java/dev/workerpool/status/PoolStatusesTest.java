package dev.workerpool.status;

import static dev.workerpool.status.ASituation.aSituation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Reason;
import dev.workerpool.scaling.Replacement;
import dev.workerpool.status.PoolSituation.Note;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolStatusesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final WorkerPoolStatus SHOWN = status(aSituation(), 6, NOW);

    @Test
    void the_first_is_always_written() {
        assertTrue(PoolStatuses.worthWriting(null, SHOWN, NOW));
    }

    @Test
    void what_says_the_same_is_never_written() {
        Instant muchLater = NOW.plusSeconds(3600);
        assertFalse(PoolStatuses.worthWriting(SHOWN, status(aSituation(), 6, muchLater), muchLater));
    }

    @Test
    void figures_alone_are_written_once_a_minute() {
        Instant soon = NOW.plusSeconds(59);
        Instant later = NOW.plusSeconds(60);
        assertFalse(PoolStatuses.worthWriting(SHOWN, status(aSituation(), 7, soon), soon));
        assertTrue(PoolStatuses.worthWriting(SHOWN, status(aSituation(), 7, later), later));
    }

    @Test
    void a_figure_within_a_message_is_a_figure_too() {
        Instant soon = NOW.plusSeconds(1);
        ASituation sameDecision = aSituation().decided(Decision.scaleTo(2, Reason.Backlog, "5 wait"));
        assertFalse(PoolStatuses.worthWriting(SHOWN, status(sameDecision, 5, soon), soon));
    }

    @Test
    void another_decision_is_written_at_once() {
        Instant soon = NOW.plusSeconds(1);
        ASituation three = aSituation().decided(Decision.scaleTo(3, Reason.Backlog, "9 wait"));
        assertTrue(PoolStatuses.worthWriting(SHOWN, status(three, 9, soon), soon));
    }

    @Test
    void a_condition_that_says_something_else_is_written_at_once() {
        Instant soon = NOW.plusSeconds(1);
        ASituation refused = aSituation().withBrokerInTrouble("LoginRefused", "the login is refused");
        assertTrue(PoolStatuses.worthWriting(SHOWN, status(refused, 6, soon), soon));
    }

    @Test
    void a_time_that_another_hand_wrote_is_replaced() {
        WorkerPoolStatus scribbled = withObserved("yesterday");
        assertTrue(PoolStatuses.worthWriting(scribbled, status(aSituation(), 7, NOW), NOW));
    }

    @Test
    void a_time_of_the_future_does_not_silence_figures() {
        WorkerPoolStatus ahead = withObserved("2031-01-01T12:00:00Z");
        assertTrue(PoolStatuses.worthWriting(ahead, status(aSituation(), 7, NOW), NOW));
    }

    @Test
    void a_decision_keeps_its_time_while_it_stays_the_same() {
        assertEquals("2030-01-01T12:00:00Z", decidedAt(aSituation()));
        ASituation other = aSituation().decided(Decision.scaleTo(2, Reason.MinReplicas, "at least 2"));
        assertEquals("2030-01-01T12:05:00Z", decidedAt(other));
    }

    @Test
    void a_pool_that_cannot_be_run_as_written_keeps_what_is_known_of_its_pods_and_claims_no_figures() {
        WorkerPoolStatus invalid =
                PoolStatuses.invalid(new Note("NoWorkerContainer", "which one?"), SHOWN, 2L, NOW.plusSeconds(1));
        assertEquals(2, invalid.replicas());
        assertEquals("workerpool.dev/pool=mail", invalid.selector());
        assertNull(invalid.waiting());
        assertEquals(
                "NoWorkerContainer",
                ConditionList.find(invalid.conditions(), ConditionType.Stalled)
                        .orElseThrow()
                        .getReason());
    }

    @Test
    void a_pod_that_is_to_be_replaced_is_noted_at_once_and_for_an_hour() {
        ASituation replacing = aSituation().replacing(new Replacement.Note("mail-0"));
        Instant soon = NOW.plusSeconds(1);
        WorkerPoolStatus noted = status(replacing, 6, soon);
        assertEquals(List.of(new WorkerPoolStatus.Replaced("mail-0", "2030-01-01T12:00:01Z")), noted.replaced());
        assertTrue(PoolStatuses.worthWriting(SHOWN, noted, soon));
        assertEquals(noted.replaced(), after(noted, NOW.plusSeconds(3600)).replaced());
        assertNull(after(noted, NOW.plusSeconds(3601)).replaced());
    }

    private static WorkerPoolStatus after(WorkerPoolStatus before, Instant now) {
        return PoolStatuses.of(
                aSituation().build(),
                PoolFigures.shown(before),
                new PoolStatuses.Pods(1L, 2, "workerpool.dev/pool=mail"),
                before,
                now);
    }

    private static String decidedAt(ASituation situation) {
        Instant later = NOW.plusSeconds(300);
        return java.util.Objects.requireNonNull(status(situation, 6, later).decision())
                .time();
    }

    private static WorkerPoolStatus status(ASituation situation, long waiting, Instant now) {
        return PoolStatuses.of(
                situation.build(),
                new PoolFigures(waiting, 0L, null, 3L, 1L, null, List.of(), now.toString()),
                new PoolStatuses.Pods(1L, 2, "workerpool.dev/pool=mail"),
                now.equals(NOW) ? null : SHOWN,
                now);
    }

    private static WorkerPoolStatus withObserved(String time) {
        return new WorkerPoolStatus(
                SHOWN.observedGeneration(),
                SHOWN.replicas(),
                SHOWN.readyReplicas(),
                SHOWN.selector(),
                SHOWN.waiting(),
                SHOWN.running(),
                SHOWN.oldestEnqueuedTime(),
                SHOWN.scheduled(),
                SHOWN.failed(),
                SHOWN.startUpTime(),
                SHOWN.queues(),
                time,
                SHOWN.decision(),
                SHOWN.replaced(),
                SHOWN.conditions());
    }
}
