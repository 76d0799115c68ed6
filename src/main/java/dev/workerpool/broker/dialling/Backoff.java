package dev.workerpool.broker.dialling;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long after each failure, up to a few seconds, never in step. */
public final class Backoff {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final int DOUBLINGS = 5;

    private final RandomGenerator random;
    private int failures;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    public Duration next() {
        long most = SHORTEST.toMillis() << Math.min(failures, DOUBLINGS);
        failures++;
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2));
    }

    public void succeeded() {
        failures = 0;
    }
}
