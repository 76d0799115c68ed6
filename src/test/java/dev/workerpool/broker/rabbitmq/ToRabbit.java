package dev.workerpool.broker.rabbitmq;

import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.AddressRules;
import dev.workerpool.broker.Cidr;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.testing.builders.AnIdentity;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RabbitServer;
import dev.workerpool.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** How a test reaches a RabbitMQ. */
record ToRabbit(Connection connection) {

    static RabbitBroker broker(String... allowed) {
        AddressRules rules =
                new AddressRules(Stream.of(allowed).map(Cidr::parse).toList(), List.of());
        return new RabbitBroker(Clock.systemUTC(), RandomGenerator.getDefault(), new AddressGuard(rules, Set::of));
    }

    static RabbitBroker broker() {
        return broker("127.0.0.0/8", "::1");
    }

    static ToRabbit plainly(RabbitServer rabbit) {
        return to(rabbit.port(), false, List.of());
    }

    static ToRabbit plainly(int port) {
        return to(port, false, List.of());
    }

    static ToRabbit overTls(RabbitServer rabbit, PrivateCa trusted) {
        return overTls(rabbit.tlsPort(), trusted);
    }

    static ToRabbit overTls(int port, PrivateCa trusted) {
        return to(port, true, Certificates.parse(trusted.pem()).certificates());
    }

    private static ToRabbit to(int port, boolean tls, List<X509Certificate> roots) {
        return new ToRabbit(
                new Connection(new Endpoint("localhost", port, 0, tls, Optional.of("/")), Optional.empty(), roots));
    }

    ToRabbit as(String user, String password) {
        return new ToRabbit(new Connection(
                connection.endpoint(),
                Optional.of(new Login(Optional.of(user), password)),
                connection.verification(),
                new Topology.Standalone(),
                connection.identity()));
    }

    ToRabbit virtualHost(String name) {
        Endpoint before = connection.endpoint();
        return new ToRabbit(new Connection(
                new Endpoint(before.host(), before.port(), 0, before.tls(), Optional.of(name)),
                connection.login(),
                connection.verification(),
                new Topology.Standalone(),
                connection.identity()));
    }

    ToRabbit verifying(Verification.Extent extent, Optional<String> serverName) {
        return new ToRabbit(connection.trusting(new Verification(
                extent, serverName, extent == Verification.Extent.None ? List.of() : connection.roots())));
    }

    ToRabbit presenting(Leaf leaf) {
        return new ToRabbit(connection.presenting(Optional.of(AnIdentity.of(leaf))));
    }
}
