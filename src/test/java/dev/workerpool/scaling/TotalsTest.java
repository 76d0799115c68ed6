package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AReading.noAnswer;
import static dev.workerpool.scaling.AWatchedPool.START;
import static dev.workerpool.scaling.AWatchedPool.aPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Instant ENQUEUED = START.minusSeconds(90);

    @Test
    void the_oldest_job_is_as_old_as_its_framework_says() {
        var pool = aPool();
        pool.sees(anEmptyReading().waiting(1).oldest("job-1", Optional.of(ENQUEUED)));
        assertEquals(Optional.of(ENQUEUED), pool.history().oldest("mail"));
    }

    @Test
    void where_the_framework_says_nothing_it_is_as_old_as_it_has_been_seen() {
        var pool = aPool();
        pool.passes(Duration.ofSeconds(40), anEmptyReading().waiting(1).oldest("job-1", Optional.empty()));
        assertEquals(Optional.of(START), pool.history().oldest("mail"));
    }

    @Test
    void the_next_job_is_young_again() {
        var pool = aPool();
        pool.passes(Duration.ofSeconds(40), anEmptyReading().waiting(1).oldest("job-1", Optional.empty()));
        pool.sees(anEmptyReading().waiting(1).oldest("job-2", Optional.empty()));
        assertEquals(Optional.of(pool.now()), pool.history().oldest("mail"));
    }

    @Test
    void a_tail_that_cannot_be_read_for_a_moment_is_kept() {
        var pool = aPool();
        pool.sees(anEmptyReading().waiting(1).oldest("job-1", Optional.empty()));
        pool.sees(noAnswer("timed out"));
        pool.sees(anEmptyReading().waiting(1));
        assertEquals(Optional.of(START), pool.history().oldest("mail"));
    }

    @Test
    void a_job_that_was_given_back_waits_since_it_came_back_whatever_its_stamp_says() {
        var pool = aPool();
        pool.sees(anEmptyReading());
        pool.passes(Duration.ofSeconds(40), anEmptyReading().waiting(1).oldest("job-1", Optional.of(ENQUEUED)));
        var back = pool.history().oldest("mail").orElseThrow();
        assertTrue(!back.isBefore(START) && back.isBefore(START.plusSeconds(40)), back::toString);
        pool.sees(anEmptyReading().waiting(1).oldest("job-2", Optional.of(pool.now())));
        assertEquals(Optional.of(pool.now()), pool.history().oldest("mail"));
    }

    @Test
    void an_empty_queue_has_no_oldest_job() {
        var pool = aPool();
        pool.sees(anEmptyReading().waiting(1).oldest("job-1", Optional.empty()));
        pool.sees(anEmptyReading());
        assertEquals(Optional.empty(), pool.history().oldest("mail"));
    }

    @Test
    void an_age_that_is_not_known_is_absent_and_not_zero() {
        var none = Figure.of(0);
        var waiting = new Totals(Figure.of(14), none, none, none, Optional.empty());
        assertEquals(Optional.empty(), waiting.oldestAge(START));
        var known = new Totals(Figure.of(14), none, none, none, Optional.of(ENQUEUED));
        assertEquals(Optional.of(Duration.ofSeconds(90)), known.oldestAge(START));
        var empty = new Totals(none, none, none, none, Optional.empty());
        assertEquals(Optional.of(Duration.ZERO), empty.oldestAge(START));
        var unknown = new Totals(new Figure.Unknown("wrong type"), none, none, none, Optional.of(ENQUEUED));
        assertEquals(Optional.empty(), unknown.oldestAge(START));
    }

    @Test
    void totals_add_up_the_queues_and_name_the_oldest_job() {
        var pool = aPool().ofSize(1);
        var reading = anEmptyReading()
                .waiting(4)
                .oldest("job-1", Optional.of(ENQUEUED))
                .held(2)
                .due(1)
                .running(3)
                .andAnEmptyQueue("late");
        pool.sees(reading);
        assertEquals(
                new Totals(Figure.of(4), Figure.of(2), Figure.of(1), Figure.of(3), Optional.of(ENQUEUED)),
                pool.totals(reading));
    }

    @Test
    void an_unread_figure_is_unknown_in_the_total_and_never_zero() {
        var reading = anEmptyReading().waitingUnknown("wrong type").andAnEmptyQueue("late");
        assertFalse(aPool().totals(reading).waiting().known());
    }

    @Test
    void without_a_broker_no_total_is_known() {
        var totals = aPool().totals(noAnswer("timed out"));
        assertEquals(new Figure.Unknown("timed out"), totals.waiting());
        assertEquals(new Figure.Unknown("timed out"), totals.running());
    }
}
