package dev.workerpool.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on a machine that has neither a control plane nor a redis-server. */
class StandInsIT {
    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path folder;

    @Test
    void withAStandInForTheApiAndARedisOutOfAJar() throws Exception {
        try (ADemo demo = ADemo.start(folder, "--api=mock", "--redis=embedded", "--for=10s")) {
            demo.mustServeItsPage();
            demo.mustEndWell();
            assertTrue(demo.output().contains("mail 0→1, sidekiq 0→6"), demo::output);
            assertTrue(demo.output().contains("Trusted=True: TLSv1.3, self-signed by"), demo::output);
        }
    }

    @Test
    void withStandInsForBoth() throws Exception {
        try (ADemo demo = ADemo.start(folder, "--api=mock", "--redis=mock", "--for=10s")) {
            demo.mustServeItsPage();
            demo.mustEndWell();
            assertTrue(demo.output().contains("mail 0→1, sidekiq 0→6"), demo::output);
            assertTrue(demo.output().contains("Trusted=False PlainConnection"), demo::output);
        }
    }

    @Test
    void toldToEndItEndsWhatItStarted() throws Exception {
        try (ADemo demo = ADemo.start(folder, "--api=mock", "--redis=auto")) {
            demo.awaitOutput("0 → 6");
            List<ProcessHandle> started = demo.children();
            assertFalse(started.isEmpty());
            demo.terminate();
            assertEquals(SIGTERM, demo.status());
            demo.mustHaveLeftNothing();
            assertTrue(demo.output().contains(" 0 lost"), demo::output);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    @Tag("long")
    void withAStandInForTheApiAPoolSleepsAgainToo() throws Exception {
        try (ADemo demo = ADemo.start(folder, "--api=mock", "--redis=embedded")) {
            demo.awaitOutput(Pattern.compile("mail +1 → 0"));
            demo.terminate();
            assertEquals(SIGTERM, demo.status());
            demo.mustHaveLeftNothing();
            assertTrue(demo.output().contains("mail 0→1→0"), demo::output);
            assertTrue(demo.output().contains(" 0 lost"), demo::output);
        }
    }
}
