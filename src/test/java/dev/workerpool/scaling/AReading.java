package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Builds what one round of reading a broker says: nothing at all, unless told otherwise. */
record AReading(List<QueueReading> queues, Workers workers, boolean heldMayRun, Optional<String> unavailable) {
    static final Duration SILENT_AFTER = Duration.ofSeconds(30);
    private static final Figure NONE = Figure.of(0);

    static AReading anEmptyReading() {
        return new AReading(
                List.of(new QueueReading("mail", NONE, NONE, NONE, NONE, Optional.empty())),
                new Workers.Counted(NONE),
                false,
                Optional.empty());
    }

    static AReading noAnswer(String why) {
        return new AReading(List.of(), new Workers.Untold(why), false, Optional.of(why));
    }

    AReading waiting(long jobs) {
        return waiting(Figure.of(jobs));
    }

    AReading waitingUnknown(String why) {
        return waiting(new Figure.Unknown(why));
    }

    AReading held(long jobs) {
        var queue = queues.getFirst();
        return queue(
                new QueueReading("mail", queue.waiting(), Figure.of(jobs), queue.due(), queue.paused(), queue.tail()));
    }

    AReading due(long jobs) {
        var queue = queues.getFirst();
        return queue(
                new QueueReading("mail", queue.waiting(), queue.held(), Figure.of(jobs), queue.paused(), queue.tail()));
    }

    AReading paused() {
        return queue(queues.getFirst().whilePaused());
    }

    AReading oldest(String id, Optional<Instant> enqueued) {
        var queue = queues.getFirst();
        var tail = new QueueReading.Tail(id, enqueued);
        return queue(new QueueReading(
                "mail", queue.waiting(), queue.held(), queue.due(), queue.paused(), Optional.of(tail)));
    }

    AReading andAnEmptyQueue(String name) {
        var more = Stream.concat(
                queues.stream(), Stream.of(new QueueReading(name, NONE, NONE, NONE, NONE, Optional.empty())));
        return new AReading(more.toList(), workers, heldMayRun, unavailable);
    }

    AReading whereHeldMayRun() {
        return new AReading(queues, workers, true, unavailable);
    }

    AReading running(long jobs) {
        return with(new Workers.Counted(Figure.of(jobs)));
    }

    AReading runningUnknown(String why) {
        return with(new Workers.Counted(new Figure.Unknown(why)));
    }

    AReading untold(String why) {
        return with(new Workers.Untold(why));
    }

    /** No worker has reported itself; see {@link #reporting}. */
    AReading withReports() {
        return with(new Workers.Reported(List.of(), SILENT_AFTER));
    }

    AReading reporting(String host, Instant stamp, int running) {
        var reports = workers instanceof Workers.Reported reported ? reported.reports() : List.<WorkerReport>of();
        var more = new ArrayList<>(reports);
        more.add(new WorkerReport(host, stamp, running));
        return with(new Workers.Reported(more, SILENT_AFTER));
    }

    AReading reporting(String host, Instant stamp, int running, Set<String> queues) {
        return with(new Workers.Reported(
                List.of(new WorkerReport(host, stamp, running, Optional.of(queues))), SILENT_AFTER));
    }

    Measurement at(Instant at) {
        return unavailable
                .<Measurement>map(why -> new Measurement.Unavailable(at, why))
                .orElseGet(() -> new Measurement.Measured(at, queues, workers, heldMayRun));
    }

    private AReading waiting(Figure waiting) {
        var queue = queues.getFirst();
        return queue(new QueueReading("mail", waiting, queue.held(), queue.due(), queue.paused(), queue.tail()));
    }

    private AReading queue(QueueReading first) {
        var all = new ArrayList<>(queues);
        all.set(0, first);
        return new AReading(all, workers, heldMayRun, unavailable);
    }

    private AReading with(Workers workers) {
        return new AReading(queues, workers, heldMayRun, unavailable);
    }
}
