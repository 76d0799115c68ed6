package dev.workerpool.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a server's certificate is looked at. A connection that is there tells nothing of a certificate that was renewed since, so
 * another is made for that: after each loss of the one that measures, and now and then.
 */
final class CertificateLooks {
    private final Clock clock;
    private final Duration every;
    private final Map<BrokerKey, Instant> lastLooks = new ConcurrentHashMap<>();

    CertificateLooks(Clock clock, Duration every) {
        this.clock = clock;
        this.every = every;
    }

    /** @param lastSilent when the connections that measure did not answer last */
    boolean due(BrokerKey broker, Instant lastSilent) {
        Optional<Instant> last = Optional.ofNullable(lastLooks.get(broker));
        return last.filter(look -> !look.isBefore(lastSilent) && clock.instant().isBefore(look.plus(every)))
                .isEmpty();
    }

    /** What follows is a look. */
    void taken(BrokerKey broker) {
        lastLooks.put(broker, clock.instant());
    }

    /** Until the next one. */
    Duration rest(BrokerKey broker) {
        Instant now = clock.instant();
        Instant next = Optional.ofNullable(lastLooks.get(broker)).orElse(now).plus(every);
        // At least a moment: a timer may be early.
        return next.isAfter(now.plusSeconds(1)) ? Duration.between(now, next) : Duration.ofSeconds(1);
    }

    void forget(BrokerKey broker) {
        lastLooks.remove(broker);
    }
}
