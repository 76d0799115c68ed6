package dev.workerpool.broker.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Presented;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.ServerCertificate;
import dev.workerpool.broker.Verification.Extent;
import dev.workerpool.testing.jobs.FreePort;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RabbitOptions;
import dev.workerpool.testing.jobs.RabbitServer;
import dev.workerpool.tls.Certificates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a connection to a real RabbitMQ proves, and the words for each way in which it fails. */
class RabbitProbeIT {
    private static final RabbitBroker BROKER = ToRabbit.broker();
    private static final PrivateCa CA = PrivateCa.create();
    private static final PrivateCa OTHER = PrivateCa.create();
    private static RabbitServer rabbit;

    @BeforeAll
    static void startServer() {
        rabbit = RabbitServer.start(RabbitOptions.tls(CA));
        rabbit.addUser("jobs", "s3cret", "^$", "^$", "^$");
        rabbit.ctl("add_vhost", "team/a");
        rabbit.ctl("set_permissions", "-p", "team/a", "guest", "^$", "^$", "^$");
    }

    @AfterAll
    static void closeAll() {
        BROKER.close();
        rabbit.close();
    }

    @Test
    void who_answers_is_told_with_what_vouches_for_it() {
        Probe.Answered plain = answered(ToRabbit.plainly(rabbit));
        assertEquals("RabbitMQ", plain.product());
        assertTrue(plain.version().matches("[34]\\.[0-9]+\\..*"), plain.version());
        assertEquals("", plain.tls());
        assertEquals(List.of(), plain.chain());

        Probe.Answered secured = answered(ToRabbit.overTls(rabbit, CA).as("jobs", "s3cret"));
        assertEquals("TLSv1.3", secured.tls());
        assertEquals(
                List.of("CN=localhost", "CN=" + CA.name()),
                secured.chain().stream().map(ServerCertificate::subject).toList());
        assertEquals(
                "RabbitMQ",
                answered(ToRabbit.plainly(rabbit).virtualHost("team/a")).product());
    }

    @Test
    void who_may_not_enter_is_told_why() {
        assertFailed(
                Cause.LoginRefused,
                "refuses the user name or the password",
                ToRabbit.plainly(rabbit).as("jobs", "hunter2"));
        assertFailed(
                Cause.VirtualHostRefused,
                "has no virtual host nope: make it",
                ToRabbit.plainly(rabbit).virtualHost("nope"));
        assertFailed(
                Cause.VirtualHostRefused,
                "the user may not enter the virtual host team/a",
                ToRabbit.plainly(rabbit).as("jobs", "s3cret").virtualHost("team/a"));
    }

    @Test
    void a_certificate_that_is_not_to_be_believed_is_told_as_of_a_Redis() {
        assertFailed(
                Cause.CertificateNotTrusted,
                "has a self-signed certificate in its chain, CN=" + CA.name(),
                ToRabbit.overTls(rabbit, OTHER));
        answered(ToRabbit.overTls(rabbit, OTHER).verifying(Extent.None, Optional.empty()));
        assertFailed(
                Cause.CertificateNameMismatch,
                "is for localhost, 127.0.0.1, not for elsewhere.example",
                ToRabbit.overTls(rabbit, CA).verifying(Extent.Full, Optional.of("elsewhere.example")));
        try {
            rabbit.present(CA.leafOfAnotherName());
            assertFailed(
                    Cause.CertificateNameMismatch,
                    "is for elsewhere.example, not for localhost",
                    ToRabbit.overTls(rabbit, CA));
            answered(ToRabbit.overTls(rabbit, CA).verifying(Extent.Full, Optional.of("elsewhere.example")));
            answered(ToRabbit.overTls(rabbit, CA).verifying(Extent.CA, Optional.empty()));
            rabbit.present(CA.expiredLeaf());
            assertFailed(Cause.CertificateExpired, "expired at 20", ToRabbit.overTls(rabbit, CA));
        } finally {
            rabbit.present(CA.leaf());
        }
    }

    @Test
    void a_port_that_is_spoken_to_in_the_wrong_way_is_told() {
        assertFailed(Cause.TlsRequired, "try an amqps:// URL", ToRabbit.plainly(rabbit.tlsPort()));
        assertFailed(Cause.TlsHandshakeFailed, "does not speak TLS", ToRabbit.overTls(rabbit.port(), CA));
        assertFailed(Cause.ConnectionRefused, "nothing listens on localhost:", ToRabbit.plainly(FreePort.next()));
    }

    @Test
    void an_address_that_the_installer_does_not_allow_is_not_dialled() {
        try (RabbitBroker strict = ToRabbit.broker()) {
            answered(strict.probe(ToRabbit.plainly(rabbit).connection(), Duration.ofSeconds(10)));
        }
        try (RabbitBroker strict = ToRabbit.broker("10.0.0.0/8")) {
            Probe.Failed failed = assertInstanceOf(
                    Probe.Failed.class, strict.probe(ToRabbit.plainly(rabbit).connection(), Duration.ofSeconds(10)));
            assertEquals(Cause.AddressNotAllowed, failed.cause());
            assertTrue(failed.message().contains("which is loopback"), failed.message());
            assertEquals(
                    Cause.AddressNotAllowed,
                    assertInstanceOf(
                                    Presented.Nothing.class,
                                    strict.present(ToRabbit.overTls(rabbit, CA).connection(), Duration.ofSeconds(10)))
                            .failed()
                            .cause());
        }
    }

    @Test
    void what_it_presents_can_be_looked_at_without_a_login() {
        Presented.Chain chain = assertInstanceOf(
                Presented.Chain.class,
                BROKER.present(ToRabbit.overTls(rabbit, OTHER).connection(), Duration.ofSeconds(10)));
        assertEquals("CN=localhost", Certificates.subject(chain.certificates().getFirst()));
    }

    @Test
    void a_server_that_hangs_is_given_up() {
        rabbit.pause();
        try {
            long began = System.nanoTime();
            Probe probe = BROKER.probe(ToRabbit.plainly(rabbit).connection(), Duration.ofSeconds(2));
            assertEquals(
                    Cause.TimedOut, assertInstanceOf(Probe.Failed.class, probe).cause());
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(4).toNanos());
        } finally {
            rabbit.resume();
        }
    }

    @Test
    void a_client_certificate_is_asked_for_taken_and_logs_in_where_there_is_no_password() {
        try (RabbitServer asking = RabbitServer.start(RabbitOptions.tls(CA).withClientCertificates())) {
            asking.addUser("mail", "unused", "^$", "^$", "^$");
            ToRabbit bare = ToRabbit.overTls(asking, CA);
            answered(bare.as("guest", "guest").presenting(CA.client("whoever")));
            answered(bare.presenting(CA.client("mail")));
            assertFailed(
                    Cause.LoginRefused,
                    "no user by the name in the client certificate",
                    bare.presenting(CA.client("stranger")));
            assertFailed(
                    Cause.ClientCertificateRequired,
                    "asks for a client certificate, and none is configured",
                    bare.as("guest", "guest"));
            assertFailed(
                    Cause.ClientCertificateRefused,
                    // How it says so is now and then lost with the connection.
                    "refused the client certificate that it was presented, CN=mail (SHA-256 ",
                    bare.presenting(OTHER.client("mail")));
        }
        assertFailed(
                Cause.LoginRequired,
                "takes no login by client certificate alone",
                ToRabbit.overTls(rabbit, CA).presenting(CA.client("mail")));
    }

    private static Probe.Answered answered(ToRabbit to) {
        return answered(probe(to));
    }

    private static Probe.Answered answered(Probe probe) {
        return assertInstanceOf(Probe.Answered.class, probe, probe::toString);
    }

    private static void assertFailed(Cause cause, String message, ToRabbit to) {
        Probe.Failed failed = assertInstanceOf(Probe.Failed.class, probe(to));
        assertEquals(cause, failed.cause(), failed::message);
        assertTrue(failed.message().contains(message), failed::message);
        assertFalse(failed.message().contains("hunter2"), failed::message);
    }

    private static Probe probe(ToRabbit to) {
        return BROKER.probe(to.connection(), Duration.ofSeconds(10));
    }
}
