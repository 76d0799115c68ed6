package dev.workerpool.testing.operator;

import dev.workerpool.testing.kube.Checkout;
import dev.workerpool.tools.training.ImageOptions;
import dev.workerpool.tools.training.Rehearsal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The packaged operator as the image runs it: with the image's options, and an AOT cache that is trained before the first start after
 * a build. Hundreds of operators are started in these tests, and a start costs 2 s of CPU so, otherwise 6.
 */
final class QuickStart {
    private static final Path CACHE = Checkout.path("target/operator/operator.aot");

    private QuickStart() {}

    /** The command up to the operator's own arguments. */
    static synchronized List<String> command(Path jar) {
        try {
            List<String> options = ImageOptions.in(Checkout.path("src/main/image/java.options"));
            if (!Files.exists(CACHE)
                    || Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                Path folder = Files.createTempDirectory(Files.createDirectories(CACHE.getParent()), "training-");
                Rehearsal.of(
                                jvm -> java(
                                        Stream.concat(options.stream(), jvm.stream())
                                                .toList(),
                                        jar),
                                folder)
                        .into(CACHE);
            }
            return java(
                    Stream.concat(options.stream(), Stream.of("-XX:AOTCache=" + CACHE))
                            .toList(),
                    jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The same without a cache. */
    static List<String> java(List<String> options, Path jar) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
