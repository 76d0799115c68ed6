package dev.workerpool.scaling;

import java.time.Instant;
import java.util.Optional;

/**
 * One queue at one moment.
 *
 * @param waiting jobs that nobody has taken
 * @param held jobs that a worker has taken but not begun (or, where the framework cannot tell, perhaps begun)
 * @param due jobs whose time has come but that only a worker would move into the queue
 * @param tail the oldest waiting job, where there is one and it could be read
 */
public record QueueReading(String name, Figure waiting, Figure held, Figure due, Optional<Tail> tail) {

    /**
     * The oldest waiting job.
     *
     * @param id tells one job from another; stays the same while the same job is the oldest
     * @param enqueued the framework's own time stamp, where it writes one
     */
    public record Tail(String id, Optional<Instant> enqueued) {}
}
