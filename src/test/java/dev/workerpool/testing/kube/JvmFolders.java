package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders of one kind under the build's own, each named after the JVM that made it. */
public record JvmFolders(Path parent) {

    private static final Pattern NAME = Pattern.compile("jvm-(\\d{1,9})-.*");

    /** {@code target/KIND}. */
    public static JvmFolders of(String kind) {
        try {
            return new JvmFolders(Files.createDirectories(Checkout.path("target", kind)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fresh one. */
    public Path create() {
        try {
            return Files.createTempDirectory(
                    parent, "jvm-" + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those whose JVM is gone: it was killed, or left its logs on purpose. */
    public List<Path> ofDeadJvms() {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(JvmFolders::isOfDeadJvm).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfDeadJvm(Path folder) {
        Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }
}
