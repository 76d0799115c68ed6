package dev.workerpool.operator;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.Connection;
import dev.workerpool.status.Lifetime;
import dev.workerpool.status.Lifetime.Holder;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The lives of all certificates that a Broker's connections need: those too that nobody here issues. */
final class Lifetimes {
    private final Supplier<List<X509Certificate>> systemRoots;

    /** @param systemRoots nobody has brought them, so nobody is told of them */
    Lifetimes(Supplier<List<X509Certificate>> systemRoots) {
        this.systemRoots = systemRoots;
    }

    /** @param given who signs client certificates, where people gave it */
    List<Lifetime> of(Finding finding, Optional<Authority> given) {
        return Stream.of(
                        ofServer(finding).stream(),
                        finding
                                .inUse()
                                .filter(connection -> connection.endpoint().tls())
                                .stream()
                                .flatMap(this::ofConnection),
                        given.stream()
                                .flatMap(authority -> authority.chain().stream())
                                .map(certificate -> lifetime(Holder.Client, certificate)))
                .flatMap(some -> some)
                .toList();
    }

    private static List<Lifetime> ofServer(Finding finding) {
        return Optional.ofNullable(finding.server()).map(BrokerStatus.Server::chain).orElse(List.of()).stream()
                .map(certificate -> new Lifetime(
                        Holder.Server,
                        certificate.subject(),
                        Optional.ofNullable(certificate.notBefore())
                                .map(Instant::parse)
                                .orElse(Instant.EPOCH),
                        Instant.parse(certificate.notAfter())))
                .toList();
    }

    private Stream<Lifetime> ofConnection(Connection connection) {
        Set<X509Certificate> system = new HashSet<>(systemRoots.get());
        return Stream.concat(
                connection.identity().stream()
                        .flatMap(identity -> identity.chain().stream())
                        .map(presented -> lifetime(Holder.Client, presented)),
                connection.roots().stream()
                        .filter(root -> !system.contains(root))
                        .map(root -> lifetime(Holder.Bundle, root)));
    }

    private static Lifetime lifetime(Holder of, X509Certificate certificate) {
        return new Lifetime(
                of,
                Certificates.subject(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
