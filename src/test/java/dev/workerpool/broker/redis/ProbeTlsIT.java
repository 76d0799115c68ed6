package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.ServerCertificate;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProbeTlsIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final PrivateCa CA = PrivateCa.create();
    private static final PrivateCa OTHER = PrivateCa.create();
    private static final String FINGERPRINT = "SHA-256 [0-9a-f]{64}";

    @AfterAll
    static void close() {
        BROKER.close();
    }

    @Test
    void aServerWithAKnownAuthorityAndTheRightNameIsTrusted() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA).withUser("jobs", "s3cret"))) {
            Dialling dialling = Dialling.overTls(redis, OTHER, CA).as("jobs", "s3cret");

            Probe.Answered answered = assertInstanceOf(Probe.Answered.class, probe(dialling));
            assertEquals("TLSv1.3", answered.tls());
            X509Certificate root = Certificates.parse(CA.pem()).certificates().getFirst();
            assertEquals(
                    List.of("CN=localhost", root.getSubjectX500Principal().getName()),
                    answered.chain().stream().map(ServerCertificate::subject).toList(),
                    "the authority that vouches last");
            assertEquals(
                    root.getSubjectX500Principal().getName(),
                    answered.chain().getFirst().issuer());
            assertEquals(Certificates.sha256(root), answered.chain().getLast().sha256());
            Duration valid =
                    Duration.between(Instant.now(), answered.chain().getFirst().notAfter());
            assertEquals(90, valid.plusHours(1).toDays());
            assertInstanceOf(Probe.Answered.class, probe(dialling.at("127.0.0.1")));
        }
    }

    @Test
    void anUnknownAuthorityIsRefusedAndNamed() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA))) {
            String message = "CN=localhost \\(" + FINGERPRINT + "\\) has a self-signed certificate in its chain, "
                    + "CN=Private CA [0-9a-f]{8} \\(" + FINGERPRINT + "\\)";

            assertFailed(Cause.CertificateNotTrusted, message, Dialling.overTls(redis, OTHER));
            assertFailed(Cause.CertificateNotTrusted, message, Dialling.overTls(redis));
        }
    }

    @Test
    void anotherNameIsRefusedAndNamed() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA, CA.leafOfAnotherName()))) {
            assertFailed(
                    Cause.CertificateNameMismatch,
                    FINGERPRINT + "\\) is for elsewhere.example, not for localhost",
                    Dialling.overTls(redis, CA));
            assertFailed(
                    Cause.CertificateNameMismatch,
                    "not for 127.0.0.1",
                    Dialling.overTls(redis, CA).at("127.0.0.1"));
            assertFailed(Cause.CertificateNotTrusted, "is not among", Dialling.overTls(redis, OTHER));
        }
    }

    @Test
    void anExpiredCertificateIsRefusedWithItsDate() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA, CA.expiredLeaf()))) {
            assertFailed(
                    Cause.CertificateExpired,
                    "CN=localhost \\(" + FINGERPRINT + "\\) expired at 20[0-9]{2}-[0-9]{2}-[0-9]{2}T",
                    Dialling.overTls(redis, CA));
        }
    }

    @Test
    void aPortThatIsSpokenToInTheWrongWayIsTold() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA))) {
            assertFailed(Cause.TlsRequired, "rediss://", Dialling.plainly(redis));
            assertFailed(Cause.TlsRequired, "rediss://", Dialling.plainly(redis).withPassword("hunter2"));
        }
        try (RedisServer redis = RedisServer.plain()) {
            assertFailed(Cause.TlsHandshakeFailed, "does not speak TLS", Dialling.overTls(redis, CA));
        }
        try (FalseServer web = FalseServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertFailed(Cause.TlsHandshakeFailed, "does not speak TLS", Dialling.overTls(web.port(), CA));
        }
        try (FalseServer closing = FalseServer.saying("")) {
            assertFailed(Cause.TlsHandshakeFailed, "maxclients", Dialling.overTls(closing.port(), CA));
        }
    }

    private static void assertFailed(Cause cause, String message, Dialling dialling) {
        Probe.Failed failed = assertInstanceOf(Probe.Failed.class, probe(dialling));
        assertEquals(cause, failed.cause(), failed::message);
        assertTrue(failed.message().matches("(?s).*" + message + ".*"), failed::message);
    }

    private static Probe probe(Dialling dialling) {
        return BROKER.probe(dialling.connection(), Duration.ofSeconds(2));
    }
}
