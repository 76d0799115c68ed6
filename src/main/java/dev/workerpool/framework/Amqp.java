package dev.workerpool.framework;

import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.WorkerReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is particular to one job framework over RabbitMQ. */
public interface Amqp {

    /** The topic exchange on which workers report themselves; its owner declares it. */
    String reportExchange();

    /** By which routing keys their reports come. */
    String reportKey();

    /** A worker's report in a message from there, where the message is one. */
    Optional<WorkerReport> report(String message);

    /**
     * What was read.
     *
     * @param ready messages of each queue that nobody has taken
     * @param heard the last {@link #report} of each worker, of this pool or not
     */
    Measured interpret(List<String> queues, Map<String, Figure> ready, List<WorkerReport> heard, Instant at);
}
