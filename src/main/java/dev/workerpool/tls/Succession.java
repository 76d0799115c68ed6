package dev.workerpool.tls;

import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An authority, the one that comes after it and the one that it came after. Every change of it is one write of one Secret, and all else
 * follows from it: what servers are told to trust, who signs, what is waited for.
 *
 * @param inUse who signs
 * @param next trusted already where all goes well, and signing nobody yet
 * @param former no longer signing, and still trusted: its certificates, without a key
 * @param done which of the changes that people asked for this is
 */
public record Succession(Authority inUse, Optional<Authority> next, List<X509Certificate> former, String done) {
    public Succession {
        former = List.copyOf(former);
    }

    public static Succession of(Authority first, String done) {
        return new Succession(first, Optional.empty(), List.of(), done);
    }

    /** Another is to be trusted from now on. */
    public Succession announcing(Authority coming, String asked) {
        return new Succession(inUse, Optional.of(coming), former, asked);
    }

    /** The one that was to come does not. */
    public Succession withoutNext() {
        return new Succession(inUse, Optional.empty(), former, done);
    }

    /** The next one signs from now on; the key of the one before is gone. */
    public Succession succeeded() {
        return next.map(now -> new Succession(now, Optional.empty(), inUse.anchors(), done))
                .orElse(this);
    }

    /** The former one is no longer trusted. */
    public Succession alone() {
        return new Succession(inUse, next, List.of(), done);
    }

    /** What servers are told to trust. */
    public List<X509Certificate> bundle() {
        Set<X509Certificate> all = new LinkedHashSet<>(inUse.anchors());
        next.ifPresent(coming -> all.addAll(coming.anchors()));
        all.addAll(former);
        return List.copyOf(all);
    }
}
