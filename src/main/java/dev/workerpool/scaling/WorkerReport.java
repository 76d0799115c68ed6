package dev.workerpool.scaling;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker said of itself.
 *
 * @param host the worker's host name, which is its pod's name (cut at 63 characters)
 * @param stamp the worker's own time of the report: a new stamp is a new report; never compared with another clock
 * @param running jobs it works on
 * @param queues those that it takes jobs from, where it says so
 */
public record WorkerReport(String host, Instant stamp, int running, Optional<Set<String>> queues) {
    public WorkerReport {
        queues = queues.map(Set::copyOf);
    }

    /** Of a worker that does not say which queues it serves. */
    public WorkerReport(String host, Instant stamp, int running) {
        this(host, stamp, running, Optional.empty());
    }
}
