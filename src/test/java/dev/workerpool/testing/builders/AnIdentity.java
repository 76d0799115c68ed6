package dev.workerpool.testing.builders;

import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.ClientIdentity;

/** Client certificates with their keys. */
public final class AnIdentity {
    private AnIdentity() {}

    public static ClientIdentity of(Leaf leaf) {
        return switch (ClientIdentity.parse(leaf.certificatePem(), leaf.keyPem())) {
            case ClientIdentity.Parsed.Read read -> read.identity();
            case ClientIdentity.Parsed.Fault fault -> throw new IllegalArgumentException(fault.why());
        };
    }

    /** Of an authority that nobody knows. */
    public static ClientIdentity named(String client) {
        return of(PrivateCa.create().client(client));
    }
}
