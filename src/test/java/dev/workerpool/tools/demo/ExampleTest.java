package dev.workerpool.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExampleTest {
    private static final Optional<RedisHere.Security> SECURED =
            Optional.of(new RedisHere.Security("Demo CA", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END", "s3cret"));

    @Test
    void theExamplesPointToTheDemosRedisAndTrustItsAuthority() throws IOException {
        String sidekiq = Example.ofSidekiq(example("sidekiq"), 7000, SECURED);
        String celery = Example.ofCelery(example("celery"), 7000, SECURED);
        assertTrue(sidekiq.contains("REDIS_URL: rediss://:s3cret@localhost:7000"), sidekiq);
        assertTrue(sidekiq.contains("configMapKeyRef: {name: corp-ca, key: ca.crt}"), sidekiq);
        assertTrue(celery.contains("    -----BEGIN CERTIFICATE-----\n    MIIB\n"), celery);
    }

    @Test
    void ofARedisWithoutTlsNoTrustIsAsked() throws IOException {
        String sidekiq = Example.ofSidekiq(example("sidekiq"), 7000, Optional.empty());
        String celery = Example.ofCelery(example("celery"), 7000, Optional.empty());
        for (String yaml : new String[] {sidekiq, celery}) {
            assertTrue(yaml.contains("redis://localhost:7000"), yaml);
            assertFalse(yaml.contains("tls:") || yaml.contains("credentials:"), yaml);
        }
    }

    @Test
    void nothingOfThemIsLeftToBeReplacedAndAllElseIsAsItStands() throws IOException {
        String before = example("sidekiq");
        String now = Example.ofSidekiq(before, 7000, SECURED);
        assertFalse(now.contains("replace-me") || now.contains("example.com"), now);
        assertEquals(
                5,
                before.lines()
                        .filter(line -> now.lines().noneMatch(line::equals))
                        .count());
    }

    @Test
    void anExampleThatHasChangedIsNoticed() {
        assertThrows(IllegalArgumentException.class, () -> Example.ofSidekiq("kind: Secret", 7000, SECURED));
    }

    @Test
    void whatTheDemoKnowsOfThePoolsIsWhatTheExamplesSay() throws IOException {
        String all = example("sidekiq") + example("celery");
        for (App app : App.ALL) {
            assertTrue(all.contains("  name: " + app.pool() + "\n"), app.pool());
            assertTrue(all.contains("concurrency: " + app.concurrency()), app.pool());
            Stream.of(app)
                    .flatMap(a -> a.queues().stream())
                    .forEach(queue -> assertTrue(all.contains("- name: " + queue + "\n"), queue));
        }
    }

    private static String example(String name) throws IOException {
        return Files.readString(Path.of("examples", name + ".yaml"));
    }
}
