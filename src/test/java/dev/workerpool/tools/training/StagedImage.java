package dev.workerpool.tools.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The image's files as they will be in it. The JVM takes a cache only for jars of the same names, order, sizes and times, and for
 * the same runtime image; the folder that all jars are below may be another (JDK-8279366).
 *
 * @param root what becomes the image's root, with the runtime in it
 * @param copy where the jars are laid out below a folder {@code app}, as the image's builder will do it
 */
record StagedImage(Path root, Path copy, List<String> classPath) {
    /** The one that Jib gives every file. */
    private static final FileTime TIME = FileTime.fromMillis(1000);

    static StagedImage of(Path jar, Path root, Path copy) throws IOException {
        List<String> classPath = new ArrayList<>();
        classPath.add(copied(jar, copy, "app/classpath"));
        try (JarFile operator = new JarFile(jar.toFile())) {
            String named = Objects.requireNonNull(
                    operator.getManifest().getMainAttributes().getValue("Class-Path"), "the jar names its libraries");
            for (String library : Pattern.compile(" ").splitAsStream(named).toList()) {
                classPath.add(copied(jar.resolveSibling(library), copy, "app/libs"));
            }
        }
        Files.setLastModifiedTime(root.resolve("jre/lib/modules"), TIME);
        return new StagedImage(root, copy, List.copyOf(classPath));
    }

    private static String copied(Path file, Path copy, String folder) throws IOException {
        Path target = Files.createDirectories(copy.resolve(folder)).resolve(file.getFileName());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(target, TIME);
        return folder + "/" + file.getFileName();
    }

    /** The image's own Java with these options, on the copies. */
    List<String> java(List<String> options) {
        String jars =
                String.join(":", classPath.stream().map(jar -> copy + "/" + jar).toList());
        return Stream.of(Stream.of(root.resolve("jre/bin/java").toString()), options.stream(), Stream.of("-cp", jars))
                .flatMap(all -> all)
                .toList();
    }

    Path cache() {
        return root.resolve("app/operator.aot");
    }

    /** What the image's entry point reads: the options of the training, what it left, and the class path. */
    void writeOptions(List<String> options) throws IOException {
        List<String> lines = new ArrayList<>(options);
        lines.add("-XX:AOTCache=/app/operator.aot");
        lines.add("-cp");
        lines.add(String.join(":", classPath.stream().map(jar -> "/" + jar).toList()));
        Files.write(root.resolve("app/java.options"), lines);
    }
}
