package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient.Listener;
import java.time.Duration;

/** How often, and who is told. */
record Polling(Duration interval, Duration breath, Listener listener) {
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);

    /** How long an answer is waited for. */
    Duration patience() {
        Duration two = interval.multipliedBy(2);
        if (two.compareTo(MOST_PATIENCE) > 0) {
            return MOST_PATIENCE;
        }
        return two.compareTo(LEAST_PATIENCE) > 0 ? two : LEAST_PATIENCE;
    }
}
