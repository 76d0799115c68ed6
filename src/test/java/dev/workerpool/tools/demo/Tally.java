package dev.workerpool.tools.demo;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which jobs were sent and which were done, one by one: a job that is lost or done twice shows. */
final class Tally {
    private final Set<String> enqueued = ConcurrentHashMap.newKeySet();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final AtomicLong again = new AtomicLong();

    /** @param again how often a job was done that had been done before */
    record Figures(long enqueued, long done, long again) {
        long outstanding() {
            return enqueued - done;
        }
    }

    void enqueued(String job) {
        enqueued.add(job);
    }

    void done(String job) {
        if (!done.add(job)) {
            again.incrementAndGet();
        }
    }

    Figures figures() {
        // In this order: a job that is done in between is counted in both.
        long finished = done.size();
        return new Figures(enqueued.size(), finished, again.get());
    }
}
