package dev.workerpool.testing.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A second control plane, beside the shared one and in a JVM of its own, and what is left of it when that has ended. */
@RealControlPlane
class ControlPlaneEndIT {

    private static final int PROGRAMS_WITH_THEIR_LEASHES = 10;

    @Test
    void noProcessIsLeftWhenItIsClosed() throws Exception {
        Process jvm = started();
        List<ProcessHandle> processes = jvm.descendants().toList();
        jvm.getOutputStream().close();
        assertEquals(0, jvm.waitFor());
        assertEquals(PROGRAMS_WITH_THEIR_LEASHES, processes.size());
        assertAllGone(processes, Duration.ZERO);
    }

    @Test
    void noProcessIsLeftWhenItsJvmIsKilled() throws Exception {
        Process jvm = started();
        List<ProcessHandle> processes = jvm.descendants().toList();
        assertTrue(processes.stream().allMatch(ProcessHandle::isAlive));
        jvm.destroyForcibly().waitFor();
        assertAllGone(processes, Duration.ofSeconds(10));
    }

    private static Process started() throws IOException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dbasedir=" + System.getProperty("basedir", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ControlPlaneMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = jvm.inputReader(StandardCharsets.UTF_8);
        assertNotNull(out.readLine(), "it ended before it was up");
        return jvm;
    }

    private static void assertAllGone(List<ProcessHandle> processes, Duration within) {
        Waiting.until(
                "the end of " + processes,
                within,
                () -> processes.stream().noneMatch(ProcessHandle::isAlive),
                () -> {});
    }
}
