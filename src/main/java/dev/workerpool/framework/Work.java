package dev.workerpool.framework;

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

    /** The framework's own timeout: so much less than drainTimeout that it ends first. */
    public Duration ownTimeout() {
        return drainTimeout.minusSeconds(5);
    }
}
