package dev.workerpool.broker;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is needed to connect. Two equal connections are one.
 *
 * @param roots the authorities that may vouch for the broker, the system's included; empty on a plain connection
 */
public record Connection(Endpoint endpoint, Optional<Login> login, List<X509Certificate> roots) {
    public Connection {
        roots = List.copyOf(roots);
    }
}
