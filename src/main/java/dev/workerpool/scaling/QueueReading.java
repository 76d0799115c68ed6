package dev.workerpool.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One queue at one moment.
 *
 * @param waiting jobs that nobody has taken
 * @param held jobs that a worker has taken but not begun (or, where the framework cannot tell, perhaps begun)
 * @param due jobs whose time has come but that only a worker would move into the queue
 * @param paused jobs that wait in a queue in which people have paused the work: they need no worker, and count nowhere else
 * @param tail the oldest waiting job, where there is one and it could be read
 * @param taken each job of which it is known when a worker took it, the held ones among them
 */
public record QueueReading(
        String name, Figure waiting, Figure held, Figure due, Figure paused, Optional<Tail> tail, List<Taken> taken) {
    public QueueReading {
        taken = List.copyOf(taken);
    }

    /** Of a framework whose workers take no job before they work on it, or do not say when they did. */
    public QueueReading(String name, Figure waiting, Figure held, Figure due, Figure paused, Optional<Tail> tail) {
        this(name, waiting, held, due, paused, tail, List.of());
    }

    /** The same queue while its work is paused: whoever waits there needs no worker. */
    public QueueReading whilePaused() {
        return new QueueReading(
                name, Figure.of(0), held, Figure.of(0), paused.plus(waiting).plus(due), Optional.empty(), taken);
    }

    /** What is not to begin later, and was taken by a worker that is gone where the oldest that is there began then. */
    List<Taken> abandoned(Instant workersSince) {
        return taken.stream()
                .filter(job -> job.later().isEmpty() && job.at().isBefore(workersSince))
                .toList();
    }

    /** The same queue where these are held by nobody, and so many of them need a worker now. */
    QueueReading without(List<Taken> lost, long needed) {
        return held instanceof Figure.Known all
                ? new QueueReading(
                        name,
                        waiting,
                        Figure.of(all.value() - lost.size()),
                        due.plus(Figure.of(needed)),
                        paused,
                        tail,
                        taken)
                : this;
    }

    /**
     * A job that a worker has taken.
     *
     * @param at when it did
     * @param back when a worker is needed again for it, where the one that took it is gone
     * @param later when a worker is needed to begin it, where that is still to come; such a one is not held
     */
    public record Taken(Instant at, Instant back, Optional<Instant> later) {}

    /**
     * The oldest waiting job.
     *
     * @param id tells one job from another; stays the same while the same job is the oldest
     * @param enqueued the framework's own time stamp, where it writes one
     */
    public record Tail(String id, Optional<Instant> enqueued) {}
}
