package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AWatchedPool.START;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs that a worker took which is gone: only a worker that runs when their time has come is given them back. */
class AbandonedTest {
    private static final Figure NONE = Figure.of(0);
    private static final Instant BACK = START.plusSeconds(3600);
    private static final Taken LOST = new Taken(START, BACK, Optional.empty());

    @Test
    void with_no_worker_left_it_is_scheduled_until_it_would_be_given_back_and_then_due() {
        var before = seen(START.plusSeconds(3599), Fleet.none(), LOST);
        assertEquals(NONE, queue(before).held());
        assertEquals(NONE, queue(before).due());
        assertEquals(Figure.of(1), before.beside().scheduled());

        var after = seen(BACK, Fleet.none(), LOST);
        assertEquals(NONE, queue(after).held());
        assertEquals(Figure.of(1), queue(after).due());
        assertEquals(NONE, after.beside().scheduled());
    }

    @Test
    void a_worker_that_began_after_it_was_taken_does_not_hold_it() {
        assertEquals(
                NONE,
                queue(seen(BACK.minusSeconds(1), since(START.plusSeconds(1)), LOST))
                        .held());
        assertEquals(
                Figure.of(1),
                queue(seen(BACK, since(START.plusSeconds(1)), LOST)).due());
    }

    @Test
    void a_worker_that_ran_when_it_was_taken_may_hold_it() {
        assertEquals(Figure.of(1), queue(seen(BACK, since(START), LOST)).held());
        var unknown = new Fleet(1, 1, List.of(new Fleet.Pod("w-0", true, false)));
        assertEquals(Figure.of(1), queue(seen(BACK, unknown, LOST)).held());
    }

    @Test
    void what_is_for_later_stays_scheduled() {
        var later = new Taken(START, BACK, Optional.of(BACK));
        var seen = seen(START, Fleet.none(), later);

        assertEquals(NONE, queue(seen).held());
        assertEquals(Figure.of(1), seen.beside().scheduled());
    }

    @Test
    void it_keeps_no_worker_up_and_wakes_one_in_time() {
        var pool = AWatchedPool.aPool().idleAfter(Duration.ofSeconds(10)).ofSize(0);
        assertEquals(0, pool.sees(reading(START, LOST)).replicas());

        pool.later(Duration.ofMinutes(59));
        assertEquals(0, pool.sees(reading(pool.now(), LOST)).replicas());
        pool.later(Duration.ofMinutes(1));
        var woken = pool.sees(reading(pool.now(), LOST));
        assertEquals(1, woken.replicas());
        assertEquals("1 due in 1 queue, one worker for 5: 1", woken.message());
    }

    private static Fleet since(Instant started) {
        var life = new Fleet.Life(Optional.of(started), Optional.of(started), Optional.empty());
        return new Fleet(1, 1, List.of(new Fleet.Pod("w-0", true, false, life)));
    }

    private static Measured seen(Instant now, Fleet fleet, Taken taken) {
        return (Measured) new Observation(now, fleet, reading(now, taken)).current();
    }

    private static QueueReading queue(Measured measured) {
        return measured.queues().getFirst();
    }

    private static Measured reading(Instant at, Taken taken) {
        var isLater = taken.later().isPresent();
        var queue = new QueueReading(
                "mail", NONE, Figure.of(isLater ? 0 : 1), NONE, NONE, Optional.empty(), List.of(taken));
        var empty = (Measured) anEmptyReading().at(at);
        return new Measured(at, List.of(queue), empty.workers(), true, new Beside(Figure.of(isLater ? 1 : 0), NONE));
    }
}
