package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders with all that is in them. */
final class Trees {

    private Trees() {}

    /** Does nothing where there is nothing. */
    static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> children = Files.list(path)) {
                children.forEach(Trees::deleteChild);
            }
        }
        Files.deleteIfExists(path);
    }

    private static void deleteChild(Path child) {
        try {
            delete(child);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
