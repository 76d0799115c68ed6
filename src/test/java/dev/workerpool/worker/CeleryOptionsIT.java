package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.trust.Told;
import dev.workerpool.testing.trust.TrustFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every place where a Celery app can say that nothing is verified, of its broker and of a result backend beside it. */
class CeleryOptionsIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "broker-silent",
                "broker-url",
                "broker-options",
                "broker-options-alone",
                "backend-url",
                "backend-options",
                "backend-options-alone"
            })
    void theRightServerIsTakenAndTheImpostorIsNot(String way, @TempDir Path folder) {
        PrivateCa ca = PrivateCa.create();
        try (RedisServer right = RedisServer.start(RedisOptions.tls(ca));
                RedisServer impostor = RedisServer.start(RedisOptions.tls(PrivateCa.create()));
                RedisServer elsewhere = RedisServer.start(RedisOptions.tls(PrivateCa.create()))) {
            Map<String, String> trust = new TrustFolder(folder)
                    .write(List.of(right.port(), impostor.port()), Told.full(), ca, PrivateCa.selfSignedLeaf());
            List<String> said =
                    PythonCode.celery(trust, List.of(at(right, way), at(elsewhere, way), at(impostor, way)));
            assertEquals(List.of("connected", "connected"), said.subList(0, 2));
            assertTrue(said.get(2).contains("CERTIFICATE_VERIFY_FAILED"), said.get(2));
        }
    }

    private static String at(RedisServer server, String way) {
        return "{\"url\": \"%s\", \"way\": \"%s\"}".formatted(server.url(), way);
    }
}
