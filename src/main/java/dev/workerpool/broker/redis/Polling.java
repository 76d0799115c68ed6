package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient.Listener;
import dev.workerpool.broker.dialling.Patience;
import java.time.Duration;

/** How often, and who is told. */
record Polling(Duration interval, Duration breath, Listener listener) {

    /** How long an answer is waited for. */
    Duration patience() {
        return Patience.of(interval);
    }
}
