package dev.workerpool.operator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How long this process may still write: counted from when its last renewal of the lease was <em>sent</em>, since the
 * server cannot have granted it earlier and others cannot count it from before that; and by the monotonic clock, which
 * goes on while the process is stopped, and does not jump.
 */
final class Term {
    private static final long NEVER = Long.MIN_VALUE;

    private final long validNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong renewed = new AtomicLong(NEVER);

    /** @param valid less than the lease lasts, since a request takes time to arrive */
    Term(Duration valid, LongSupplier nanoTime) {
        this.validNanos = valid.toNanos();
        this.nanoTime = nanoTime;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    void renewed(long sentAt) {
        renewed.set(sentAt);
    }

    void end() {
        renewed.set(NEVER);
    }

    boolean runs() {
        long since = renewed.get();
        return since != NEVER && now() - since < validNanos;
    }
}
