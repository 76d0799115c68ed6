package dev.workerpool.broker;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * How a server's certificate is verified.
 *
 * @param serverName the name that it must be for and that is asked for (SNI), where that is not the host
 * @param roots the authorities that may vouch for it, the system's included; none on a plain connection, and where nothing is
 *     verified
 * @param beside roots that vouch for others alone: a worker's process looks at one file for all of its connections
 */
public record Verification(
        Extent extent, Optional<String> serverName, List<X509Certificate> roots, List<X509Certificate> beside) {
    public Verification {
        roots = List.copyOf(roots);
        beside = List.copyOf(beside);
    }

    /** By roots that may vouch for everybody. */
    public Verification(Extent extent, Optional<String> serverName, List<X509Certificate> roots) {
        this(extent, serverName, roots, List.of());
    }

    /** What of it is verified. */
    public enum Extent {
        /** Its chain and its name. */
        Full,
        /** Its chain alone. */
        CA,
        /** Nothing. */
        None
    }

    /** Chain and name, by these roots. */
    public static Verification full(List<X509Certificate> roots) {
        return new Verification(Extent.Full, Optional.empty(), roots);
    }

    /** Whether every TLS client verifies so by itself, once it is given the roots. */
    public boolean isCommon() {
        return extent == Extent.Full && serverName.isEmpty() && beside.isEmpty();
    }
}
