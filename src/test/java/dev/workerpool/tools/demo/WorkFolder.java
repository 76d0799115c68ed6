package dev.workerpool.tools.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Whatever the demo writes, in a folder that only this user can read; it goes with the demo. */
record WorkFolder(Path path) implements AutoCloseable {

    static WorkFolder create() {
        try {
            return new WorkFolder(Files.createTempDirectory("workerpool-demo-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
