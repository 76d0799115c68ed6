package dev.workerpool.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A certificate's life, and when people are to hear of its end. A share of the life and a time before the end, whichever is later: one
 * that lives for a day is no news half a day before, and neither is one of ten years in its last three. Who renews at two thirds of a life is
 * done before anything is said.
 *
 * @param of what it is good for
 * @param subject whose it is
 */
public record Lifetime(Holder of, String subject, Instant from, Instant until) {
    private static final Duration WARN = Duration.ofDays(30);
    private static final Duration URGE = Duration.ofDays(3);

    /** Who presents it, or whom it vouches for. */
    public enum Holder {
        /** The server, or an authority in its chain. */
        Server,
        /** The operator and workers, where the broker asks them for one. */
        Client,
        /** An authority of the bundle, whether it vouches for the server or not. */
        Bundle
    }

    /** How near the end is. */
    public enum Stage {
        Current,
        Expires,
        ExpiresSoon,
        Expired
    }

    public Stage at(Instant now) {
        if (!now.isBefore(until)) {
            return Stage.Expired;
        }
        if (!now.isBefore(urgent())) {
            return Stage.ExpiresSoon;
        }
        return now.isBefore(warned()) ? Stage.Current : Stage.Expires;
    }

    /** When the next stage begins. */
    Optional<Instant> next(Instant now) {
        return Stream.of(warned(), urgent(), until).filter(now::isBefore).findFirst();
    }

    private Instant warned() {
        return before(4, WARN);
    }

    private Instant urgent() {
        return before(10, URGE);
    }

    private Instant before(int share, Duration atMost) {
        Duration part = Duration.between(from, until).dividedBy(share);
        return until.minus(part.compareTo(atMost) < 0 ? part : atMost);
    }
}
