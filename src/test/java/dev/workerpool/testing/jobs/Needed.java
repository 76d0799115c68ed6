package dev.workerpool.testing.jobs;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Programs that a machine must have: without one a test is skipped with one line, and where CI=true it fails. */
public final class Needed {
    private Needed() {}

    public static Path onPath(String program, String howToGetIt) {
        Stream<Path> candidates = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, program));
        return candidates.filter(Files::isExecutable).findFirst().orElseThrow(() -> missing(program, howToGetIt));
    }

    public static Path at(Path file, String howToGetIt) {
        if (!Files.isExecutable(file)) {
            throw missing(file.toString(), howToGetIt);
        }
        return file;
    }

    /** Where the tests keep what they have installed. */
    public static Path cache() {
        String home = Objects.requireNonNull(System.getProperty("user.home"));
        return Path.of(Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), home + "/.cache"), "workerpool");
    }

    /** Anything else that a machine must be or have. */
    public static void that(boolean isSo, String what, String howToGetIt) {
        if (!isSo) {
            throw missing(what, howToGetIt);
        }
    }

    private static RuntimeException missing(String what, String howToGetIt) {
        String line = what + " is missing here: " + howToGetIt;
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(line);
        }
        return new TestAbortedException(line);
    }
}
