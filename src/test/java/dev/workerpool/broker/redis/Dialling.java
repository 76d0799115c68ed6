package dev.workerpool.broker.redis;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** How a test reaches a server. */
record Dialling(String host, int port, int database, boolean tls, Optional<Login> login, List<X509Certificate> roots) {

    static Dialling plainly(int port) {
        return new Dialling("localhost", port, 0, false, Optional.empty(), List.of());
    }

    static Dialling plainly(RedisServer redis) {
        return plainly(redis.port());
    }

    static Dialling overTls(int port, PrivateCa... trusted) {
        return new Dialling(
                "localhost",
                port,
                0,
                true,
                Optional.empty(),
                List.of(trusted).stream().map(Dialling::certificate).toList());
    }

    static Dialling overTls(RedisServer redis, PrivateCa... trusted) {
        return overTls(redis.port(), trusted);
    }

    Dialling at(String name) {
        return new Dialling(name, port, database, tls, login, roots);
    }

    Dialling database(int index) {
        return new Dialling(host, port, index, tls, login, roots);
    }

    Dialling withPassword(String password) {
        return new Dialling(host, port, database, tls, Optional.of(new Login(Optional.empty(), password)), roots);
    }

    Dialling as(String user, String password) {
        return new Dialling(host, port, database, tls, Optional.of(new Login(Optional.of(user), password)), roots);
    }

    Connection connection() {
        return new Connection(new Endpoint(host, port, database, tls), login, roots);
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
