package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.reading;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.Heard;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.QueueReading.Tail;
import dev.workerpool.scaling.Workers;
import dev.workerpool.testing.jobs.Inspected;
import dev.workerpool.testing.jobs.Producer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/** The figures of the queue {@code mail}, beside those that the framework's own library gives at the same moment. */
record Agreement(Heard heard, Producer producer) {
    private static final String QUEUE = "mail";

    /** Waits until this is measured, and asks the library, which must say the same. */
    void on(long waiting, long due, long running) {
        Measured measured = heard.measured(MAIL, figures(waiting, due, running));
        Inspected said = producer.inspect(QUEUE);
        assertEquals(
                "%d waiting, %d due, %d running, %d failed, oldest %s"
                        .formatted(
                                waiting,
                                due,
                                running,
                                measured.beside().failed().atLeast(),
                                millis(tail(measured).flatMap(Tail::enqueued))),
                "%d waiting, %d due, %d running, %d failed, oldest %s"
                        .formatted(said.waiting(), said.due(), said.running(), said.failed(), millis(said.oldest())));
    }

    /** While the work is paused, due jobs are no different from waiting ones: they need no worker. */
    void onPaused(long paused) {
        Measured measured = heard.measured(
                MAIL, figures(0, 0, 0).and(one -> reading(one, QUEUE).paused().equals(Figure.of(paused))));
        Inspected said = producer.inspect(QUEUE);
        assertEquals(paused, said.paused() + said.due());
        assertEquals(0, said.waiting());
        assertEquals(Optional.empty(), tail(measured));
    }

    static Predicate<Measured> figures(long waiting, long due, long running) {
        return measured -> reading(measured, QUEUE).waiting().equals(Figure.of(waiting))
                && reading(measured, QUEUE).due().equals(Figure.of(due))
                && measured.workers().equals(new Workers.Counted(Figure.of(running)));
    }

    private static Optional<QueueReading.Tail> tail(Measured measured) {
        return reading(measured, QUEUE).tail();
    }

    /** The libraries say it in floating seconds. */
    private static Optional<Instant> millis(Optional<Instant> time) {
        return time.map(at -> at.plusNanos(500).truncatedTo(ChronoUnit.MILLIS));
    }
}
