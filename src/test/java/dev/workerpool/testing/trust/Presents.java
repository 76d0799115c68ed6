package dev.workerpool.testing.trust;

import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;

/** What the server at the broker's address presents. */
public enum Presents {
    RIGHT,
    OTHER_NAME,
    EXPIRED,
    /** The right name, by another authority. */
    IMPOSTOR,
    SELF_SIGNED,
    ANOTHER_SELF_SIGNED,
    /** The right name, and it takes certified clients only. */
    RIGHT_TO_CERTIFIED_CLIENTS,
    NO_TLS;

    RedisOptions by(PrivateCa ca, Leaf selfSigned) {
        return switch (this) {
            case RIGHT -> RedisOptions.tls(ca);
            case OTHER_NAME -> RedisOptions.tls(ca, ca.leafOfAnotherName());
            case EXPIRED -> RedisOptions.tls(ca, ca.expiredLeaf());
            case IMPOSTOR -> RedisOptions.tls(ca, PrivateCa.create().leaf());
            case SELF_SIGNED -> RedisOptions.tls(ca, selfSigned);
            case ANOTHER_SELF_SIGNED -> RedisOptions.tls(ca, PrivateCa.selfSignedLeaf());
            case RIGHT_TO_CERTIFIED_CLIENTS -> RedisOptions.tls(ca).withClientCertificatesRequired();
            case NO_TLS -> RedisOptions.plain();
        };
    }
}
