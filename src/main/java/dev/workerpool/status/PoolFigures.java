package dev.workerpool.status;

import static java.util.Objects.requireNonNullElse;

import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.api.WorkerPoolStatus.QueueStatus;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.History;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Observation;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.Totals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a status: what is absent is unknown. Times are whole seconds, as everywhere in the API.
 */
public record PoolFigures(
        @Nullable Long waiting,
        @Nullable Long running,
        @Nullable String oldest,
        @Nullable Long scheduled,
        @Nullable Long failed,
        @Nullable String startUpTime,
        List<QueueStatus> queues,
        @Nullable String observed) {

    public static PoolFigures of(Observation observation, History history) {
        Totals totals = Totals.of(observation, history);
        return new PoolFigures(
                number(totals.waiting()),
                number(totals.running()),
                time(totals.oldest()),
                number(totals.beside().scheduled()),
                number(totals.beside().failed()),
                history.startUp().rounded().map(time -> time.toSeconds() + "s").orElse(null),
                observation.measurement() instanceof Measurement.Measured measured
                        ? measured.queues().stream()
                                .map(queue -> queue(queue, history))
                                .toList()
                        : List.of(),
                observation.measurement() instanceof Measurement.Measured measured
                        ? time(Optional.of(measured.at()))
                        : null);
    }

    /** What a status shows. */
    static PoolFigures shown(WorkerPoolStatus status) {
        return new PoolFigures(
                status.waiting(),
                status.running(),
                status.oldestEnqueuedTime(),
                status.scheduled(),
                status.failed(),
                status.startUpTime(),
                requireNonNullElse(status.queues(), List.of()),
                status.observedTime());
    }

    /** Whether the figures are the same, whenever they were read. */
    boolean same(PoolFigures other) {
        return Objects.equals(waiting, other.waiting)
                && Objects.equals(running, other.running)
                && Objects.equals(oldest, other.oldest)
                && Objects.equals(scheduled, other.scheduled)
                && Objects.equals(failed, other.failed)
                && sameStartUp(other)
                && queues.equals(other.queues);
    }

    /** A process that has seen no worker start yet has nothing to say against what another one has shown. */
    private boolean sameStartUp(PoolFigures other) {
        return other.startUpTime == null || other.startUpTime.equals(startUpTime);
    }

    private static QueueStatus queue(QueueReading queue, History history) {
        return new QueueStatus(
                queue.name(),
                number(queue.waiting()),
                number(queue.held()),
                number(queue.due()),
                number(queue.paused()),
                time(history.oldest(queue.name())));
    }

    private static @Nullable Long number(Figure figure) {
        return figure instanceof Figure.Known known ? Long.valueOf(known.value()) : null;
    }

    private static @Nullable String time(Optional<Instant> instant) {
        return instant.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(null);
    }
}
