package dev.workerpool.broker.redis;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.broker.Verification.Extent;
import dev.workerpool.testing.builders.AnIdentity;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisCluster;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SentinelServer;
import dev.workerpool.testing.jobs.SentinelServers;
import dev.workerpool.tls.ClientIdentity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** How a test reaches a server. */
record Dialling(
        Endpoint endpoint,
        Optional<Login> login,
        Verification verification,
        Topology topology,
        Optional<ClientIdentity> identity) {
    private Dialling(Endpoint endpoint, Optional<Login> login, Verification verification, Topology topology) {
        this(endpoint, login, verification, topology, Optional.empty());
    }

    private Dialling(Endpoint endpoint, Optional<Login> login, List<X509Certificate> roots, Topology topology) {
        this(endpoint, login, Verification.full(roots), topology);
    }

    static Dialling plainly(int port) {
        return new Dialling(
                new Endpoint("localhost", port, 0, false), Optional.empty(), List.of(), new Topology.Standalone());
    }

    static Dialling plainly(RedisServer redis) {
        return plainly(redis.port());
    }

    static Dialling overTls(int port, PrivateCa... trusted) {
        return new Dialling(
                new Endpoint("localhost", port, 0, true),
                Optional.empty(),
                certificates(trusted),
                new Topology.Standalone());
    }

    /** Trusted are those who vouch for the servers, and for the sentinels where these speak TLS. */
    static Dialling bySentinels(SentinelServers servers, PrivateCa... trusted) {
        return bySentinels(servers.first(), servers.sentinels(), trusted);
    }

    /** By way of its last master. */
    static Dialling toCluster(RedisCluster cluster, PrivateCa... trusted) {
        RedisServer last = cluster.masters().getLast();
        return new Dialling(
                new Endpoint("localhost", last.port(), 0, last.speaksTls()),
                Optional.empty(),
                last.speaksTls() ? certificates(trusted) : List.of(),
                new Topology.Cluster());
    }

    static Dialling bySentinels(RedisServer server, List<SentinelServer> sentinels, PrivateCa... trusted) {
        List<Endpoint> at = sentinels.stream()
                .map(sentinel -> new Endpoint("localhost", sentinel.port(), 0, sentinel.speaksTls()))
                .toList();
        List<X509Certificate> roots = at.getFirst().tls() ? certificates(trusted) : List.of();
        boolean tls = server.speaksTls();
        return new Dialling(
                new Endpoint("redis.example", 6379, 0, tls),
                Optional.empty(),
                tls ? certificates(trusted) : List.of(),
                new Topology.Sentinel(SentinelServer.MASTER, at, Optional.empty(), roots));
    }

    static Dialling overTls(RedisServer redis, PrivateCa... trusted) {
        return overTls(redis.port(), trusted);
    }

    /** By the same roots, where there is anything to verify. */
    Dialling verifying(Extent extent, Optional<String> serverName) {
        List<X509Certificate> roots = extent == Extent.None ? List.of() : verification.roots();
        return new Dialling(endpoint, login, new Verification(extent, serverName, roots), topology, identity);
    }

    Dialling presenting(Leaf leaf) {
        return new Dialling(endpoint, login, verification, topology, Optional.of(AnIdentity.of(leaf)));
    }

    Dialling at(String name) {
        return with(endpoint.moved(name, endpoint.port()), login);
    }

    Dialling database(int index) {
        return with(new Endpoint(endpoint.host(), endpoint.port(), index, endpoint.tls()), login);
    }

    Dialling withPassword(String password) {
        return with(endpoint, Optional.of(new Login(Optional.empty(), password)));
    }

    Dialling as(String user, String password) {
        return with(endpoint, Optional.of(new Login(Optional.of(user), password)));
    }

    /** With a login for the sentinels. */
    Dialling askingAs(String user, String password) {
        Topology.Sentinel before = (Topology.Sentinel) topology;
        return by(new Topology.Sentinel(
                before.master(), before.at(), Optional.of(new Login(Optional.of(user), password)), before.roots()));
    }

    Dialling by(Topology other) {
        return new Dialling(endpoint, login, verification, other, identity);
    }

    private Dialling with(Endpoint where, Optional<Login> who) {
        return new Dialling(where, who, verification, topology, identity);
    }

    Connection connection() {
        return new Connection(endpoint, login, verification, topology, identity);
    }

    private static List<X509Certificate> certificates(PrivateCa... authorities) {
        return List.of(authorities).stream().map(Dialling::certificate).toList();
    }

    private static X509Certificate certificate(PrivateCa ca) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(ca.pem().getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
