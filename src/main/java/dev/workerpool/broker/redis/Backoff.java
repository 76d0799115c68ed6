package dev.workerpool.broker.redis;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long after each failure, up to a few seconds, never in step. */
final class Backoff {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final int DOUBLINGS = 5;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long most = SHORTEST.toMillis() << Math.min(failures, DOUBLINGS);
        failures++;
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2));
    }

    void succeeded() {
        failures = 0;
    }
}
