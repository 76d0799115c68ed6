package dev.workerpool.tools.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code Training OPERATOR_JAR IMAGE_ROOT OPTIONS_FILE FOLDER}: leaves the AOT cache and the options in the image's root. */
public final class Training {
    private Training() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[3]));
        List<String> options = ImageOptions.in(Path.of(arguments[2]));
        StagedImage image = StagedImage.of(Path.of(arguments[0]), Path.of(arguments[1]), folder);
        Files.createDirectories(image.cache().getParent());
        Rehearsal.of(
                        jvm -> Stream.concat(
                                        image
                                                .java(Stream.concat(options.stream(), jvm.stream())
                                                        .toList())
                                                .stream(),
                                        Stream.of("dev.workerpool.Main"))
                                .toList(),
                        folder)
                .into(image.cache());
        image.writeOptions(options);
        System.out.printf("AOT cache: %.1f MB%n", Files.size(image.cache()) / 1e6);
        // The mock server leaves threads behind.
        System.exit(0);
    }
}
