package dev.workerpool.broker;

import dev.workerpool.framework.Framework;
import java.util.List;

/** What to measure for one pool. */
public record Query(Framework framework, List<String> queues) {
    public Query {
        queues = List.copyOf(queues);
    }
}
