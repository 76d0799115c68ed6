package dev.workerpool.desired;

import dev.workerpool.broker.Protocol;
import java.util.Optional;

/**
 * What the operator has seen working, by the names of the immutable Secrets that hold it.
 *
 * @param trustSecret absent on a plain connection
 * @param identity the Secret with the client certificate; absent where none is presented
 * @param code the Secret with the code that makes workers verify; absent where there is none, as on a plain connection
 * @param verification in words, where it is another than of chain and name: no client does that by itself
 * @param protocol what it speaks
 * @param signing the pool's own Secret to sign messages by; absent where it is to sign none
 */
public record Proven(
        String connectionSecret,
        Optional<String> trustSecret,
        Optional<String> identity,
        Optional<String> code,
        Optional<String> verification,
        Protocol protocol,
        Optional<String> signing) {
    /** Without signed messages. */
    public Proven(
            String connectionSecret,
            Optional<String> trustSecret,
            Optional<String> identity,
            Optional<String> code,
            Optional<String> verification,
            Protocol protocol) {
        this(connectionSecret, trustSecret, identity, code, verification, protocol, Optional.empty());
    }

    /** Whether there are roots to verify by: with TLS, unless nothing is verified. */
    public boolean hasRoots() {
        return trustSecret.isPresent() && !verification.equals(Optional.of("None"));
    }

    /** With this Secret as its client certificate. */
    public Proven identifiedBy(String secret) {
        return new Proven(connectionSecret, trustSecret, Optional.of(secret), code, verification, protocol, signing);
    }

    /** With this Secret to sign messages by. */
    public Proven signingBy(Optional<String> secret) {
        return new Proven(connectionSecret, trustSecret, identity, code, verification, protocol, secret);
    }

    /** Verified as usual, by what a client finds in its environment. */
    public Proven(String connectionSecret, Optional<String> trustSecret) {
        this(connectionSecret, trustSecret, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of a Redis. */
    public Proven(
            String connectionSecret,
            Optional<String> trustSecret,
            Optional<String> identity,
            Optional<String> code,
            Optional<String> verification) {
        this(connectionSecret, trustSecret, identity, code, verification, Protocol.Redis);
    }

    /** Whether no client does all of it by what a URL and the environment say: over AMQP they say nothing of TLS at all. */
    boolean takesCode(boolean presentsByItself) {
        return verification.isPresent()
                || (identity.isPresent() && !presentsByItself)
                || (protocol == Protocol.AMQP && trustSecret.isPresent());
    }
}
