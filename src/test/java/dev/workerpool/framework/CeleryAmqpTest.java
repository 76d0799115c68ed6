package dev.workerpool.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CeleryAmqpTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Amqp CELERY =
            new Celery(Optional.empty(), "", Duration.ofHours(1)).amqp().orElseThrow();

    @Test
    void a_heartbeat_comes_as_it_is_without_an_envelope() {
        WorkerReport report = CELERY.report("""
                        {"hostname": "celery@mail-1", "active": 2, "processed": 5, "freq": 2.0, "timestamp": 1767225600.5,
                        "type": "worker-heartbeat"}""").orElseThrow();
        assertEquals("celery@mail-1", report.host());
        assertEquals(2, report.running());
        assertEquals(Optional.empty(), CELERY.report("hunter2"));
        assertEquals(Optional.empty(), CELERY.report("[]"));
    }

    @Test
    void a_queue_that_was_not_read_is_unknown_and_never_empty() {
        Measured read = CELERY.interpret(
                List.of("mail", "low", "other"),
                Map.of("mail", Figure.of(3), "low", new Figure.Unknown("its node is down")),
                List.of(new WorkerReport("celery@mail-1", NOW, 2), new WorkerReport("other@mail-1", NOW, 1)),
                NOW);
        assertEquals(Figure.of(3), read.queues().getFirst().waiting());
        assertEquals(
                new Figure.Unknown("its node is down"), read.queues().get(1).waiting());
        assertInstanceOf(Figure.Unknown.class, read.queues().getLast().waiting());
        Workers.Reported workers = assertInstanceOf(Workers.Reported.class, read.workers());
        assertEquals(List.of(new WorkerReport("mail-1", NOW, 3)), workers.reports());
    }
}
