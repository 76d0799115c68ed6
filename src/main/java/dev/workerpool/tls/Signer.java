package dev.workerpool.tls;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who signs messages, and by what they are known as theirs.
 *
 * @param inUse by which they sign; empty while not everybody who runs knows the certificate yet
 * @param next signing nothing yet
 * @param former signing nothing any more, and still known, without their keys: messages of theirs may be in queues
 */
public record Signer(Optional<Credential> inUse, Optional<Credential> next, List<Credential> former) {
    public static final Signer NOBODY = new Signer(Optional.empty(), Optional.empty(), List.of());

    public Signer {
        former = former.stream().map(Credential::withoutKey).toList();
    }

    /** Another is given out to all who verify. */
    Signer announcing(Credential coming) {
        return new Signer(inUse, Optional.of(coming), former);
    }

    /** What was next signs from now on. */
    Signer switched() {
        return next.isEmpty() ? this : new Signer(next, Optional.empty(), formers());
    }

    /** It signs nothing any more. */
    Signer departed() {
        return new Signer(Optional.empty(), Optional.empty(), formers());
    }

    Signer withoutFormer() {
        return new Signer(inUse, next, List.of());
    }

    private List<Credential> formers() {
        return Stream.concat(inUse.stream(), former.stream()).toList();
    }

    /** All by which messages of theirs are verified. */
    public List<Credential> known() {
        return Stream.of(inUse.stream(), next.stream(), former.stream())
                .flatMap(some -> some)
                .toList();
    }
}
