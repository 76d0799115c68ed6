package dev.workerpool.testing.trust;

import java.util.Optional;

/**
 * What the operator tells a worker of its broker.
 *
 * @param verify {@code Full}, {@code CA} or {@code None}
 * @param identified with a client certificate by the server's authority
 */
public record Told(String verify, Anchors anchors, Optional<String> serverName, boolean identified) {

    public static Told full() {
        return new Told("Full", Anchors.AUTHORITY, Optional.empty(), false);
    }

    static Told authorityOnly() {
        return new Told("CA", Anchors.AUTHORITY, Optional.empty(), false);
    }

    static Told nothing() {
        return new Told("None", Anchors.AUTHORITY, Optional.empty(), false);
    }

    Told trusting(Anchors others) {
        return new Told(verify, others, serverName, identified);
    }

    public Told naming(String name) {
        return new Told(verify, anchors, Optional.of(name), identified);
    }

    public Told identifying() {
        return new Told(verify, anchors, serverName, true);
    }
}
