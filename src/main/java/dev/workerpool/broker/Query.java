package dev.workerpool.broker;

import dev.workerpool.framework.Framework;
import java.time.Duration;
import java.util.List;

/**
 * What to measure for one pool.
 *
 * @param ahead how long before a job's time it counts as due: what its worker takes to start
 */
public record Query(Framework framework, List<String> queues, Duration ahead) {
    public Query {
        queues = List.copyOf(queues);
    }
}
