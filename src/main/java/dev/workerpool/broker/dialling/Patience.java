package dev.workerpool.broker.dialling;

import java.time.Duration;

/** How long an answer is waited for. */
public final class Patience {
    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofSeconds(10);

    private Patience() {}

    /** Two intervals of polling, but 2 s at least and 10 s at most. */
    public static Duration of(Duration interval) {
        Duration two = interval.multipliedBy(2);
        if (two.compareTo(MOST) > 0) {
            return MOST;
        }
        return two.compareTo(LEAST) > 0 ? two : LEAST;
    }
}
