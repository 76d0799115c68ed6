package dev.workerpool.framework;

import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Launch.Variable.Literal;
import java.time.Duration;
import java.util.List;

/**
 * What one pod is to do.
 *
 * @param concurrency jobs at a time, 1 or more
 * @param drainTimeout the longest it may take to finish what it runs
 * @param tls whether the broker speaks TLS
 */
public record Work(List<String> queues, int concurrency, Duration drainTimeout, boolean tls) {
    public Work {
        queues = List.copyOf(queues);
    }

    /** How a worker is told that has no command line of its own: by names that its code may read. */
    List<Variable> variables() {
        return List.of(
                new Literal("WORKERPOOL_CONCURRENCY", Integer.toString(concurrency)),
                new Literal("WORKERPOOL_QUEUES", String.join(",", queues)),
                new Literal(
                        "WORKERPOOL_DRAIN_TIMEOUT", Long.toString(ownTimeout().toSeconds())));
    }

    /** The framework's own timeout: so much less than drainTimeout that it ends first. */
    public Duration ownTimeout() {
        return drainTimeout.minusSeconds(5);
    }
}
