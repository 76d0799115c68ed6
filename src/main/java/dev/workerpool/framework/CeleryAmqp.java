package dev.workerpool.framework;

import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Celery on RabbitMQ. What a worker has taken and not begun is told by nobody, and needs nobody: RabbitMQ puts it back into its queue
 * in the moment in which the worker's connection ends.
 */
record CeleryAmqp() implements Amqp {
    private static final Figure NOBODY_COUNTS = Figure.of(0);

    @Override
    public String reportExchange() {
        return "celeryev";
    }

    @Override
    public String reportKey() {
        return "worker.#";
    }

    @Override
    public Optional<WorkerReport> report(String message) {
        return CeleryEvent.bare(message);
    }

    @Override
    public Measured interpret(List<String> queues, Map<String, Figure> ready, List<WorkerReport> heard, Instant at) {
        return new Measured(
                at,
                queues.stream().map(queue -> reading(queue, ready)).toList(),
                new Workers.Reported(CeleryEvent.byHost(heard), Celery.SILENT_AFTER),
                false,
                Beside.unknown("RabbitMQ does not tell it of Celery's tasks"));
    }

    private static QueueReading reading(String queue, Map<String, Figure> ready) {
        return new QueueReading(
                queue,
                ready.getOrDefault(queue, new Figure.Unknown("not read yet: " + queue)),
                NOBODY_COUNTS,
                NOBODY_COUNTS,
                NOBODY_COUNTS,
                Optional.empty());
    }
}
