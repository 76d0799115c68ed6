package dev.workerpool.framework;

import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Launch.Variable.Literal;
import dev.workerpool.framework.Launch.Variable.OfBroker;
import java.time.Duration;
import java.util.List;

/**
 * What one pod is to do.
 *
 * @param concurrency jobs at a time, 1 or more
 * @param drainTimeout the longest it may take to finish what it runs
 * @param tls whether the broker speaks TLS, and is verified
 * @param coded whether the mounted code sees to that: then no variable need tell the whole process of roots
 */
public record Work(List<String> queues, int concurrency, Duration drainTimeout, boolean tls, boolean coded) {
    public Work {
        queues = List.copyOf(queues);
    }

    /** Without mounted code. */
    public Work(List<String> queues, int concurrency, Duration drainTimeout, boolean tls) {
        this(queues, concurrency, drainTimeout, tls, false);
    }

    public Work withCode() {
        return new Work(queues, concurrency, drainTimeout, tls, true);
    }

    /**
     * The variable by which a whole process is told of roots: where nothing else makes it verify the broker, since it replaces the
     * roots that the image may have of its own.
     */
    List<Variable> roots(String variable) {
        return tls && !coded ? List.of(new OfBroker(variable, ConnectionKeys.CA_FILE)) : List.of();
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
