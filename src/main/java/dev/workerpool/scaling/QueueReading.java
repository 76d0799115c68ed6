package dev.workerpool.scaling;

import java.time.Instant;
import java.util.Optional;

/**
 * One queue at one moment.
 *
 * @param waiting jobs that nobody has taken
 * @param held jobs that a worker has taken but not begun (or, where the framework cannot tell, perhaps begun)
 * @param due jobs whose time has come but that only a worker would move into the queue
 * @param paused jobs that wait in a queue in which people have paused the work: they need no worker, and count nowhere else
 * @param tail the oldest waiting job, where there is one and it could be read
 */
public record QueueReading(String name, Figure waiting, Figure held, Figure due, Figure paused, Optional<Tail> tail) {

    /** The same queue while its work is paused: whoever waits there needs no worker. */
    public QueueReading whilePaused() {
        return new QueueReading(
                name, Figure.of(0), held, Figure.of(0), paused.plus(waiting).plus(due), Optional.empty());
    }

    /**
     * The oldest waiting job.
     *
     * @param id tells one job from another; stays the same while the same job is the oldest
     * @param enqueued the framework's own time stamp, where it writes one
     */
    public record Tail(String id, Optional<Instant> enqueued) {}
}
