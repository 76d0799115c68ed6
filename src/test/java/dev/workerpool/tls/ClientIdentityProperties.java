package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.ClientIdentity.Parsed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every pair of files, however broken. */
class ClientIdentityProperties {
    private static final int MANY = 600;
    private static final Leaf GOOD = PrivateCa.create().client("mail");

    private final Random random = new Random(6);

    private final List<UnaryOperator<String>> ways = List.of(
            text -> text.substring(0, random.nextInt(text.length())),
            text -> text.substring(random.nextInt(text.length())),
            text -> with(text, random.nextInt(text.length()), (char) random.nextInt(128)),
            text -> with(text, random.nextInt(text.length()), (char) random.nextInt(0x2000)),
            text -> text.replace("\n", random.nextBoolean() ? "\r\n" : "\\n"),
            text -> text.replace("PRIVATE KEY", random.nextBoolean() ? "EC PRIVATE KEY" : "RSA PRIVATE KEY"),
            text -> text.replace("PRIVATE KEY", random.nextBoolean() ? "ENCRYPTED PRIVATE KEY" : "CERTIFICATE"),
            text -> text.replace("CERTIFICATE", random.nextBoolean() ? "PRIVATE KEY" : "EC PARAMETERS"),
            text -> text.replaceAll("[A-Za-z0-9+/]{4}\n", "\n"));

    @Test
    void each_is_read_or_told_in_words_that_quote_nothing_of_the_key() {
        Map<String, Integer> told = new HashMap<>();
        IntStream.range(0, MANY).forEach(ignored -> {
            boolean inKey = random.nextBoolean();
            String certificate = inKey ? GOOD.certificatePem() : broken(GOOD.certificatePem());
            String key = inKey ? broken(GOOD.keyPem()) : GOOD.keyPem();
            told.merge(outcome(certificate, key), 1, Integer::sum);
        });
        assertEquals(Set.of("ClientCertificateUnreadable", "ClientKeyMismatch", "read"), told.keySet(), told::toString);
        assertTrue(told.getOrDefault("ClientCertificateUnreadable", 0) >= MANY / 2, told::toString);
    }

    private static String outcome(String certificate, String key) {
        return switch (ClientIdentity.parse(certificate, key)) {
            case Parsed.Read read -> {
                assertEquals(new Parsed.Read(read.identity()), again(read.identity()));
                yield "read";
            }
            case Parsed.Fault fault -> {
                assertFalse(pieces(key).stream().anyMatch(fault.why()::contains), fault.why());
                yield fault.reason();
            }
        };
    }

    private static Parsed again(ClientIdentity identity) {
        return ClientIdentity.parse(identity.certificatePem(), identity.keyPem());
    }

    private static Set<String> pieces(String key) {
        return key.lines()
                .filter(line -> !line.contains("---"))
                .filter(line -> line.length() >= 12)
                .map(line -> line.substring(0, 12))
                .collect(Collectors.toSet());
    }

    private String broken(String good) {
        String text = good;
        for (int times = random.nextInt(3); times >= 0; times--) {
            text = text.isEmpty() ? text : ways.get(random.nextInt(ways.size())).apply(text);
        }
        return text;
    }

    private static String with(String text, int at, char other) {
        return text.substring(0, at) + other + text.substring(at + 1);
    }
}
