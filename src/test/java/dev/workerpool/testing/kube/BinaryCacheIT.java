package dev.workerpool.testing.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheIT {

    @TempDir
    Path machine;

    @Test
    void twoProcessesThatNeedTheProgramsAtOnceBuildThemOnce() throws Exception {
        Process first = slowFill();
        Process second = slowFill();
        assertEquals(0, exitCode(first));
        assertEquals(0, exitCode(second));
        assertEquals(List.of("built"), Files.readAllLines(machine.resolve("builds")));
    }

    @Test
    void aKilledBuildIsNotTakenForAWholeOne() throws Exception {
        Process killed = slowFill();
        Waiting.until(
                "the build",
                Duration.ofSeconds(20),
                () -> Files.exists(machine.resolve("builds")),
                () -> assertTrue(killed.isAlive()));
        killed.destroyForcibly().waitFor();
        assertEquals(false, cache(machine).isFilled());
        assertEquals(0, exitCode(slowFill()));
        assertTrue(cache(machine).isFilled());
    }

    private Process slowFill() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowFill.class.getName(),
                        machine.toString())
                .inheritIO()
                .start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private static BinaryCache cache(Path machine) {
        return BinaryCache.of(Map.of("XDG_CACHE_HOME", machine.toString()), "checksum");
    }

    /** Fills the cache of a machine with a build that takes a second. */
    static final class SlowFill {

        private SlowFill() {}

        public static void main(String[] arguments) throws Exception {
            Path machine = Path.of(arguments[0]);
            cache(machine).fill(folder -> build(folder, machine.resolve("builds")));
        }

        private static void build(Path folder, Path builds) throws IOException {
            Files.writeString(builds, "built\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            for (String name : Binaries.REQUIRED) {
                Path program = Files.writeString(folder.resolve(name), "");
                if (!program.toFile().setExecutable(true)) {
                    throw new IOException("cannot make " + program + " executable");
                }
            }
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
