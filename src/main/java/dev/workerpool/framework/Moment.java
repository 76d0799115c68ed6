package dev.workerpool.framework;

import java.time.Duration;
import java.time.Instant;

/**
 * For when a pool is read.
 *
 * @param ahead how long before its time a job counts as due: what a worker takes to start
 */
public record Moment(Instant now, Duration ahead) {
    /** Jobs whose time comes until then need a worker now. */
    public Instant dueBy() {
        return now.plus(ahead);
    }
}
