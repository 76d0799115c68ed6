package dev.workerpool.broker;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** How the servers of a broker stand together. */
public sealed interface Topology {

    /** One address, whatever stands behind it. */
    record Standalone() implements Topology {}

    /**
     * Sentinels say which server is the master now.
     *
     * @param master the name by which they know it
     * @param at where they listen
     * @param roots the authorities that may vouch for them; empty on plain connections
     */
    record Sentinel(String master, List<Endpoint> at, Optional<Login> login, List<X509Certificate> roots)
            implements Topology {
        public Sentinel {
            at = List.copyOf(at);
            roots = List.copyOf(roots);
        }
    }

    /** Each key lies on one of several masters. */
    record Cluster() implements Topology {}
}
