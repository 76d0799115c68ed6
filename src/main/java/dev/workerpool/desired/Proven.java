package dev.workerpool.desired;

import java.util.Optional;

/**
 * What the operator has seen working, by the names of the immutable Secrets that hold it.
 *
 * @param trustSecret absent on a plain connection
 * @param identity the Secret with the client certificate; absent where none is presented
 * @param code the Secret with the code that makes workers verify; absent where there is none, as on a plain connection
 * @param verification in words, where it is another than of chain and name: no client does that by itself
 */
public record Proven(
        String connectionSecret,
        Optional<String> trustSecret,
        Optional<String> identity,
        Optional<String> code,
        Optional<String> verification) {

    /** Whether there are roots to verify by: with TLS, unless nothing is verified. */
    public boolean hasRoots() {
        return trustSecret.isPresent() && !verification.equals(Optional.of("None"));
    }

    /** With this Secret as its client certificate. */
    public Proven identifiedBy(String secret) {
        return new Proven(connectionSecret, trustSecret, Optional.of(secret), code, verification);
    }

    /** Verified as usual, by what a client finds in its environment. */
    public Proven(String connectionSecret, Optional<String> trustSecret) {
        this(connectionSecret, trustSecret, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
