package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Verification.Extent;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How much of a real server's certificate is verified, and by which name. */
class VerificationIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final PrivateCa CA = PrivateCa.create();
    private static final PrivateCa OTHER = PrivateCa.create();

    @AfterAll
    static void close() {
        BROKER.close();
    }

    @Test
    void aServerMayBeVerifiedByAnotherNameThanItsHostAndByThatAlone() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA, CA.leafOfAnotherName()))) {
            Dialling dialling = Dialling.overTls(redis, CA);
            assertInstanceOf(
                    Probe.Answered.class, probe(dialling.verifying(Extent.Full, Optional.of("elsewhere.example"))));
            Probe.Failed failed = assertInstanceOf(Probe.Failed.class, probe(dialling));
            assertEquals(Cause.CertificateNameMismatch, failed.cause());
            assertTrue(failed.message().endsWith("tls:\n  serverName: elsewhere.example"), failed.message());
        }
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA))) {
            Probe.Failed failed = assertInstanceOf(
                    Probe.Failed.class,
                    probe(Dialling.overTls(redis, CA).verifying(Extent.Full, Optional.of("elsewhere.example"))));
            assertEquals(Cause.CertificateNameMismatch, failed.cause(), "its host's name does not count any more");
        }
    }

    @Test
    void aChainMayBeEnoughButItMustBeTheRightOne() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA, CA.leafOfAnotherName()))) {
            assertInstanceOf(
                    Probe.Answered.class, probe(Dialling.overTls(redis, CA).verifying(Extent.CA, Optional.empty())));
            Probe.Failed failed = assertInstanceOf(
                    Probe.Failed.class, probe(Dialling.overTls(redis, OTHER).verifying(Extent.CA, Optional.empty())));
            assertEquals(Cause.CertificateNotTrusted, failed.cause());
            assertTrue(failed.message().contains("trust: {source: Bundle"), failed.message());
        }
    }

    @Test
    void whereNothingIsVerifiedItIsStillShownWhoAnswered() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA, CA.expiredLeaf()))) {
            Probe.Answered answered = assertInstanceOf(
                    Probe.Answered.class, probe(Dialling.overTls(redis).verifying(Extent.None, Optional.empty())));
            assertEquals("TLSv1.3", answered.tls());
            assertEquals("CN=localhost", answered.chain().getFirst().subject());
        }
    }

    private static Probe probe(Dialling dialling) {
        return BROKER.probe(dialling.connection(), Duration.ofSeconds(5));
    }
}
