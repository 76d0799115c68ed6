package dev.workerpool.broker;

import dev.workerpool.tls.ClientIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is needed to connect. Two equal connections are one.
 *
 * @param endpoint where sentinels say the host, its scheme and database alone
 * @param verification how the broker is verified; of no meaning on a plain connection
 * @param identity what is presented to a server that asks for a client certificate; of no meaning on a plain connection
 */
public record Connection(
        Endpoint endpoint,
        Optional<Login> login,
        Verification verification,
        Topology topology,
        Optional<ClientIdentity> identity) {

    /** Without a certificate of its own. */
    public Connection(Endpoint endpoint, Optional<Login> login, Verification verification, Topology topology) {
        this(endpoint, login, verification, topology, Optional.empty());
    }

    /** To one server, verified in full. */
    public Connection(Endpoint endpoint, Optional<Login> login, List<X509Certificate> roots) {
        this(endpoint, login, Verification.full(roots), new Topology.Standalone());
    }

    /** To the same place, with no login, no certificate and nothing verified: good for a look at who is there, and for nothing else. */
    public Connection asStranger() {
        return new Connection(
                endpoint,
                Optional.empty(),
                new Verification(Verification.Extent.None, verification.serverName(), List.of()),
                topology);
    }

    /** Verified by these roots. */
    public Connection trusting(Verification other) {
        return new Connection(endpoint, login, other, topology, identity);
    }

    /** Presenting this, or nothing. */
    public Connection presenting(Optional<ClientIdentity> other) {
        return new Connection(endpoint, login, verification, topology, other);
    }

    /** The authorities that may vouch for the broker, the system's included; empty on a plain connection. */
    public List<X509Certificate> roots() {
        return verification.roots();
    }

    /** What answers there, for people: an address, or the name of a master whose address changes. */
    public String place() {
        return topology instanceof Topology.Sentinel sentinel
                ? "master " + sentinel.master() + " of "
                        + sentinel.at().getFirst().hostAndPort()
                : endpoint.hostAndPort();
    }
}
