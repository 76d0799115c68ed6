package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RabbitOptions;
import dev.workerpool.testing.jobs.RabbitServer;
import dev.workerpool.testing.trust.Told;
import dev.workerpool.testing.trust.TrustFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Celery over AMQP with the mounted code: every place where an app can say that nothing is verified, and each kind of wrong server. */
class CeleryAmqpIT {
    private static final PrivateCa CA = PrivateCa.create();
    private static RabbitServer rabbit;

    @BeforeAll
    static void startServer() {
        rabbit = RabbitServer.start(RabbitOptions.tls(CA).withClientCertificates());
        // The common name of what the folder of trust holds.
        rabbit.addUser("localhost", "unused", ".*", ".*", ".*");
    }

    @AfterAll
    static void endServer() {
        rabbit.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp-silent", "amqp-options", "amqp-context"})
    void the_right_server_is_taken_and_no_other(String way, @TempDir Path folder) {
        assertEquals("connected", said(folder, way, rabbit.tlsUrl(), Told.full().identifying()));
        assertRefused(
                "CERTIFICATE_VERIFY_FAILED",
                said(folder, way, rabbit.tlsUrl(), Told.full().identifying().naming("elsewhere.example")));
        try {
            rabbit.present(CA.leafOfAnotherName());
            assertRefused(
                    "Hostname mismatch",
                    said(folder, way, rabbit.tlsUrl(), Told.full().identifying()));
            assertEquals(
                    "connected",
                    said(folder, way, rabbit.tlsUrl(), Told.full().identifying().naming("elsewhere.example")));
            rabbit.present(CA.expiredLeaf());
            assertRefused(
                    "certificate has expired",
                    said(folder, way, rabbit.tlsUrl(), Told.full().identifying()));
            rabbit.present(PrivateCa.create().leaf());
            assertRefused(
                    "CERTIFICATE_VERIFY_FAILED",
                    said(folder, way, rabbit.tlsUrl(), Told.full().identifying()));
        } finally {
            rabbit.present(CA.leaf());
        }
    }

    @Test
    void a_client_certificate_is_presented_and_logs_in(@TempDir Path folder) {
        String byCertificate = rabbit.tlsUrl() + "?login_method=EXTERNAL";
        assertEquals(
                "connected",
                said(folder, "amqp-silent", byCertificate, Told.full().identifying()));
        assertTrue(
                !said(folder, "amqp-silent", byCertificate, Told.full()).contains("connected"),
                "nothing was presented");
    }

    @Test
    void a_plain_connection_to_the_broker_is_refused_before_a_word_is_said(@TempDir Path folder) {
        assertRefused(
                "takes TLS only, but the app connects without",
                said(
                        folder,
                        "amqp-silent",
                        rabbit.tlsUrl().replace("amqps:", "amqp:"),
                        Told.full().identifying()));
    }

    @Test
    void a_transport_that_an_app_makes_by_itself_is_refused(@TempDir Path folder) {
        assertRefused(
                "by its own means",
                said(folder, "amqp-own-transport", rabbit.tlsUrl(), Told.full().identifying()));
    }

    private static void assertRefused(String why, String said) {
        assertTrue(said.contains(why), said);
    }

    private static String said(Path folder, String way, String url, Told told) {
        Map<String, String> trust =
                new TrustFolder(folder).write(rabbit.tlsPort(), told, CA, PrivateCa.selfSignedLeaf());
        return PythonCode.celery(trust, List.of("{\"url\": \"%s\", \"way\": \"%s\"}".formatted(url, way)))
                .getFirst();
    }
}
