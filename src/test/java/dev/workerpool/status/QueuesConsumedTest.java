package dev.workerpool.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.scaling.Consumption;
import dev.workerpool.scaling.Consumption.Cause;
import dev.workerpool.scaling.Consumption.Left;
import dev.workerpool.scaling.Consumption.Shift;
import dev.workerpool.scaling.Replacement;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueuesConsumedTest {
    private static final Instant SINCE = Instant.parse("2030-01-01T12:00:00.123Z");
    private static final List<Left> MAIL = List.of(new Left("mail", SINCE));

    @Test
    void a_queue_that_nobody_takes_from_is_named_with_its_time_and_where_to_look() {
        assertEquals(
                "False NotConsumed: nothing has been taken from queue mail since 2030-01-01T12:00:00Z, though workers "
                        + "are ready and have nothing to do. See -q of the worker, the broker they speak to, and their log",
                said(stuck(Cause.NOT_TAKEN, Optional.empty())));
    }

    @Test
    void queues_that_workers_serve_instead_are_named() {
        assertEquals(
                "False NotServed: nothing has been taken from queue mail since 2030-01-01T12:00:00Z: by their own word "
                        + "the workers serve default, mails. See -q of the worker",
                said(stuck(Cause.NOT_SERVED, Optional.of(Set.of("mails", "default")))));
    }

    @Test
    void that_replacing_has_not_helped_is_said_with_the_time_of_the_next() {
        Verdict verdict = QueuesConsumed.of(
                stuck(Cause.SILENT, Optional.empty()),
                new Replacement.Later(SINCE.plusSeconds(600), 3),
                Optional.empty(),
                "-q of the worker");
        assertEquals(
                "nothing has been taken from queue mail since 2030-01-01T12:00:00Z, and no worker says what it does: "
                        + "they hang, or speak to another broker. See their log; 3 pods were replaced in the last hour, "
                        + "which has not helped: no other is before 2030-01-01T12:10:00Z",
                verdict.message());
    }

    @Test
    void several_queues_are_named_together_since_the_first_of_them() {
        var queues = List.of(new Left("mail", SINCE), new Left("bulk", SINCE.minusSeconds(60)));
        assertEquals(
                "True WorkersBusy: nothing has been taken from the queues bulk, mail since 2030-01-01T11:59:00Z: "
                        + "every worker has something to do",
                said(new Consumption.Busy(queues)));
    }

    @Test
    void who_paused_a_queue_is_reminded_and_not_warned() {
        Verdict paused = of(new Consumption.Paused(MAIL), Optional.empty());
        assertEquals(
                "False QueuePaused: the work in queue mail is paused, and jobs have waited there since "
                        + "2030-01-01T12:00:00Z",
                text(paused));
        assertFalse(QueuesConsumed.warns(paused));
        assertTrue(QueuesConsumed.warns(of(stuck(Cause.SILENT, Optional.empty()), Optional.empty())));
    }

    @Test
    void what_an_earlier_process_found_stays_until_this_one_knows() {
        assertEquals(
                "False NotConsumed: nobody takes it",
                text(of(new Consumption.Undecided(), Optional.of(shown("False")))));
        assertEquals(
                "True Consuming: what waits is taken",
                text(of(new Consumption.Undecided(), Optional.of(shown("Unknown")))));
        assertEquals("True Consuming: what waits is taken", said(new Consumption.Undecided()));
    }

    @Test
    void why_it_holds_is_no_news_and_why_it_does_not_is() {
        Verdict nothing = of(new Consumption.NothingWaiting(), Optional.empty());
        assertTrue(QueuesConsumed.says(shown("True"), nothing));
        assertFalse(QueuesConsumed.says(shown("False"), nothing));
        assertFalse(QueuesConsumed.says(shown("False"), of(stuck(Cause.SILENT, Optional.empty()), Optional.empty())));
    }

    private static Condition shown(String status) {
        return new ConditionBuilder()
                .withType("QueuesConsumed")
                .withStatus(status)
                .withReason("NotConsumed")
                .withMessage("nobody takes it")
                .build();
    }

    private static Consumption stuck(Cause cause, Optional<Set<String>> served) {
        return new Consumption.Stuck(cause, MAIL, new Shift(2, List.of("mail-0"), served));
    }

    private static String said(Consumption consumption) {
        return text(of(consumption, Optional.empty()));
    }

    private static Verdict of(Consumption consumption, Optional<Condition> shown) {
        return QueuesConsumed.of(consumption, new Replacement.None(), shown, "-q of the worker");
    }

    private static String text(Verdict verdict) {
        return verdict.status() + " " + verdict.reason() + ": " + verdict.message();
    }
}
