package dev.workerpool.broker;

import java.security.cert.X509Certificate;
import java.util.List;

/** What a server shows of itself before anything is said to it. */
public sealed interface Presented {

    /** @param certificates as it presents them, its own first; not verified by anybody */
    record Chain(List<X509Certificate> certificates) implements Presented {
        public Chain {
            certificates = List.copyOf(certificates);
        }
    }

    /** It came to no handshake. */
    record Nothing(Probe.Failed failed) implements Presented {}
}
