package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.testing.builders.AnIdentity;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.Pem;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Redis that asks for client certificates makes of them. */
class ClientCertificateIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final PrivateCa CA = PrivateCa.create();
    private static final PrivateCa OTHER = PrivateCa.create();

    @AfterAll
    static void close() {
        BROKER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void who_presents_the_right_one_is_let_in_and_each_refusal_is_told(String protocol) throws Exception {
        try (RedisServer redis = asking(protocol)) {
            Dialling dialling = Dialling.overTls(redis, CA);
            Leaf mail = CA.client("mail");
            assertEquals(protocol, answered(dialling.presenting(mail)).tls());
            assertEquals(protocol, answered(dialling.presenting(withRsa())).tls());

            assertFailed(
                    Cause.ClientCertificateRequired,
                    "localhost:%d asks for a client certificate, and none is configured; give one that an authority signed which the server trusts:\ntls:\n  clientCertificates: {secretRef: {name: broker-client}}"
                            .formatted(redis.port()),
                    dialling);
            Leaf foreign = OTHER.client("mail");
            assertFailed(
                    Cause.ClientCertificateRefused,
                    "refused the client certificate that it was presented, CN=mail (SHA-256 %s): it does not trust CN=%s, which signed it"
                            .formatted(AnIdentity.of(foreign).sha256(), OTHER.name()),
                    dialling.presenting(foreign));
            assertFailed(
                    Cause.ClientCertificateRefused,
                    "it is not valid at the server's time, but from ",
                    dialling.presenting(CA.clientFor("mail", Duration.ofHours(-1))));
        }
    }

    @Test
    void who_is_not_asked_presents_nothing() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA))) {
            answered(Dialling.overTls(redis, CA).presenting(OTHER.client("mail")));
        }
    }

    @Test
    void a_server_that_speaks_old_TLS_alone_is_told() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA))) {
            redis.cli("CONFIG", "SET", "tls-protocols", "TLSv1.1");
            assertFailed(
                    Cause.TlsProtocolTooOld,
                    "speaks no version of TLS that is still safe (1.2 or 1.3): set tls-protocols \"TLSv1.2 TLSv1.3\"",
                    Dialling.overTls(redis, CA));
        }
    }

    private static RedisServer asking(String protocol) {
        return RedisServer.start(RedisOptions.tls(CA)
                .withClientCertificatesRequired()
                .withLine("tls-protocols \"%s\"".formatted(protocol)));
    }

    private static Leaf withRsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair own = generator.generateKeyPair();
        return new Leaf(
                CA.clientPem("mail", own.getPublic(), Duration.ofDays(1)),
                Pem.of("PRIVATE KEY", own.getPrivate().getEncoded()));
    }

    private static void assertFailed(Cause cause, String message, Dialling dialling) {
        Probe.Failed failed = assertInstanceOf(Probe.Failed.class, probe(dialling));
        assertEquals(cause, failed.cause(), failed::message);
        assertTrue(failed.message().contains(message), failed::message);
    }

    private static Probe.Answered answered(Dialling dialling) {
        return assertInstanceOf(
                Probe.Answered.class, probe(dialling), () -> probe(dialling).toString());
    }

    private static Probe probe(Dialling dialling) {
        return BROKER.probe(dialling.connection(), Duration.ofSeconds(10));
    }
}
