package dev.workerpool.broker;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is needed to connect. Two equal connections are one.
 *
 * @param endpoint where sentinels say the host, its scheme and database alone
 * @param roots the authorities that may vouch for the broker, the system's included; empty on a plain connection
 */
public record Connection(Endpoint endpoint, Optional<Login> login, List<X509Certificate> roots, Topology topology) {
    public Connection {
        roots = List.copyOf(roots);
    }

    /** To one server. */
    public Connection(Endpoint endpoint, Optional<Login> login, List<X509Certificate> roots) {
        this(endpoint, login, roots, new Topology.Standalone());
    }

    /** What answers there, for people: an address, or the name of a master whose address changes. */
    public String place() {
        return topology instanceof Topology.Sentinel sentinel
                ? "master " + sentinel.master() + " of "
                        + sentinel.at().getFirst().hostAndPort()
                : endpoint.hostAndPort();
    }
}
