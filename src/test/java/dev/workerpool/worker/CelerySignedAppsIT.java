package dev.workerpool.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.testing.jobs.Child;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.signing.CeleryVersion;
import dev.workerpool.testing.signing.Sender;
import dev.workerpool.testing.signing.Signers;
import dev.workerpool.testing.signing.SigningApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps that nobody changed: each way to configure one, each pool; what they send is signed, and what is not is refused. */
class CelerySignedAppsIT {
    private static final String DONE = "[\"a\",\"b\",\"c\",\"d\",[\"e\",\"f\"],%s,\"i\"]";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "V5_2_7, constructor", "V5_2_7, from_object", "V5_2_7, django", "V5_2_7, update", "V5_2_7, late",
                "V5_2_7, attributes",
        "V5_5_3, constructor", "V5_5_3, from_object", "V5_5_3, django", "V5_5_3, update", "V5_5_3, late",
                "V5_5_3, attributes",
        "V5_7_0, constructor", "V5_7_0, from_object", "V5_7_0, django", "V5_7_0, update", "V5_7_0, late",
                "V5_7_0, attributes"
    })
    void inWhateverWayAnAppConfiguresItselfItSignsAndRefuses(CeleryVersion celery, String style) {
        try (RedisServer broker = RedisServer.plain()) {
            signsAndRefuses(broker, app(celery, broker, style), true, "-P", "solo");
        }
    }

    /** Without a chord, whose members may end in another order where two run at a time. */
    @ParameterizedTest
    @ValueSource(strings = {"prefork", "threads"})
    void inEachPoolTheSameMessagesAreRefused(String pool) {
        try (RedisServer broker = RedisServer.plain()) {
            signsAndRefuses(broker, app(CeleryVersion.V5_7_0, broker, "constructor"), false, "-P", pool, "-c", "2");
        }
    }

    private void signsAndRefuses(RedisServer broker, SigningApp app, boolean chord, String... options) {
        Signers signers = new Signers(folder).with("pool/mail", "*").with("client/web", "mail.*");
        Child worker = app.startWorker(signers.variables("pool/mail"), options);
        try (worker;
                Sender web = app.sender(signers.variables("client/web"));
                Sender nobody = app.sender(Map.of())) {
            nobody.does(Sender.task("mail.note", "unsigned", "mail"));
            JsonNode results =
                    web.does(Sender.order("results").put("queue", "mail").put("chord", chord));
            assertEquals(DONE.formatted(chord ? "[\"g\",\"h\"]" : "\"g\""), results.toString(), worker::log);
            assertEquals(1, web.does(Sender.order("refused")).get("unsigned").asInt(), worker::log);
            assertEquals(0, ran(broker, "unsigned"), worker::log);
            assertTrue(aResultIsSigned(broker), worker::log);
        }
    }

    /** As in a rotation: the certificate that comes next is known before anybody signs by it. */
    @Test
    void aSignerMayHaveTwoCertificatesAndAPoolsOwnTasksAreAlwaysAccepted(@TempDir Path later) throws IOException {
        Signers signers = new Signers(folder).with("pool/mail", "*").with("client/web", "mail.*");
        Signers next = new Signers(later).with("client/web", "mail.*");
        Map<String, String> web = next.variables("client/web");
        Files.copy(later.resolve("signer-client-web-1.crt"), folder.resolve("signer-client-web-2.crt"));
        ObjectNode said = signers.said("pool/mail");
        said.putArray("acceptFrom").add("client/web");
        said.withArray("signers")
                .addObject()
                .put("name", "client/web")
                .put("file", "signer-client-web-2.crt")
                .putArray("tasks")
                .add("mail.*");
        try (RedisServer broker = RedisServer.plain()) {
            SigningApp app = app(CeleryVersion.V5_7_0, broker, "constructor");
            try (Child worker = app.startWorker(signers.written("pool/mail", said), "-P", "solo");
                    Sender before = app.sender(signers.variables("client/web"));
                    Sender after = app.sender(web)) {
                after.does(Sender.task("mail.note", "after", "mail"));
                // Its second tries and what comes later in a chain are the worker's own.
                JsonNode results =
                        before.does(Sender.order("results").put("queue", "mail").put("chord", true));
                assertEquals(DONE.formatted("[\"g\",\"h\"]"), results.toString(), worker::log);
                assertEquals(1, ran(broker, "after"), worker::log);
            }
        }
    }

    /** A job that a killed worker had in hand is no replay. */
    @ParameterizedTest
    @CsvSource({"V5_2_7", "V5_7_0"})
    void whatAKilledWorkerHeldIsDoneByTheNext(CeleryVersion celery) {
        Signers signers = new Signers(folder).with("pool/mail", "*").with("client/web", "mail.*");
        try (RedisServer broker = RedisServer.plain()) {
            SigningApp app = new SigningApp(celery, Map.of("REDIS", broker.url(), "VISIBILITY_TIMEOUT", "2"));
            Map<String, String> mail = signers.variables("pool/mail");
            try (Sender web = app.sender(signers.variables("client/web"))) {
                try (Child killed = app.startWorker(mail, "-P", "solo")) {
                    web.does(Sender.task("mail.slow", "held", "mail"));
                    await().conditionEvaluationListener(
                                    ignored -> assertTrue(killed.process().isAlive(), killed::log))
                            .until(() -> ran(broker, "began held") == 1);
                }
                // A worker that starts gives back whatever is past its visibility timeout; it looks again only 100 s
                // later.
                await().until(() -> isPastTimeout(broker));
                try (Child next = app.startWorker(mail, "-P", "solo")) {
                    await().atMost(Duration.ofSeconds(60)).until(() -> ran(broker, "held") == 1);
                    assertEquals(2, ran(broker, "began held"), next::log);
                    assertEquals(0, sum(web.does(Sender.order("refused"))), next::log);
                }
            }
        }
    }

    private static SigningApp app(CeleryVersion celery, RedisServer broker, String style) {
        return new SigningApp(celery, Map.of("REDIS", broker.url(), "STYLE", style));
    }

    private static boolean isPastTimeout(RedisServer broker) {
        long before = Instant.now().minusSeconds(3).getEpochSecond();
        return "1"
                .equals(broker.cli("ZCOUNT", "unacked_index", "-inf", Long.toString(before))
                        .strip());
    }

    private static long ran(RedisServer broker, String word) {
        return broker.cli("LRANGE", "ran", "0", "-1")
                .lines()
                .filter(word::equals)
                .count();
    }

    private static long sum(JsonNode counts) {
        return counts.valueStream().mapToLong(JsonNode::asLong).sum();
    }

    private static boolean aResultIsSigned(RedisServer broker) {
        String key =
                broker.cli("KEYS", "celery-task-meta-*").lines().findFirst().orElseThrow();
        byte[] stored = Base64.getDecoder().decode(broker.cli("GET", key));
        String[] parts = new String(stored, StandardCharsets.ISO_8859_1).split("\0\u0001", -1);
        return parts.length == 5 && "application/json".equals(parts[2]);
    }
}
