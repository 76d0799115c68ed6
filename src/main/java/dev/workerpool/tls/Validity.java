package dev.workerpool.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** From when until when a certificate is good. */
public record Validity(Instant from, Instant until) {
    /** The clock of a server may be behind by so much. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** X.509 knows whole seconds. */
    public static Validity starting(Instant now, Duration life) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return new Validity(second.minus(SKEW), second.plus(life));
    }

    /** Nobody vouches for longer than it is vouched for itself. */
    public Validity within(Authority authority) {
        return authority.notAfter().isBefore(until) ? new Validity(from, authority.notAfter()) : this;
    }
}
