package dev.workerpool.tools.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The options of the image's JVM, one a line, without what is said of them. */
public final class ImageOptions {
    private ImageOptions() {}

    public static List<String> in(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("-"))
                .toList();
    }
}
