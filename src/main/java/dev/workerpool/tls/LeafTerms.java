package dev.workerpool.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a client certificate is good, and when there is another.
 *
 * @param renewBefore so long before its end; empty for a third of its life
 * @param asked which renewal people asked for last; empty where none
 */
public record LeafTerms(Duration duration, Optional<Duration> renewBefore, String asked) {

    public Validity validity(Instant now) {
        return Validity.starting(now, duration);
    }

    /**
     * Whether another is due.
     *
     * @param done which renewal people had asked for when this one was made
     */
    public boolean isDue(X509Certificate leaf, String done, Authority by, Instant now) {
        return !by.signed(leaf)
                || (!asked.isEmpty() && !asked.equals(done))
                || (!now.isBefore(renewal(leaf)) && wouldLastLonger(leaf, by, now));
    }

    public Instant renewal(X509Certificate leaf) {
        return renewal(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
    }

    Instant renewal(Instant from, Instant end) {
        Duration life = Duration.between(from, end);
        // One that its authority's end cut short would otherwise be due from its beginning on.
        Duration ahead = renewBefore
                .filter(asWritten -> asWritten.compareTo(life.dividedBy(2)) < 0)
                .orElse(renewBefore.isPresent() ? life.dividedBy(2) : life.dividedBy(3));
        return end.minus(ahead);
    }

    /** Near the authority's end, a new one every few minutes would end no later. */
    private boolean wouldLastLonger(X509Certificate leaf, Authority by, Instant now) {
        return validity(now).within(by).until().isAfter(leaf.getNotAfter().toInstant());
    }
}
