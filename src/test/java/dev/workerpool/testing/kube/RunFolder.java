package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one run of a control plane keeps on disk: keys, kubeconfigs, etcd's data and logs, under the build's own folder. */
record RunFolder(Path root) {

    private static final Pattern NAME = Pattern.compile("jvm-(\\d{1,9})-.*");

    static RunFolder fresh() {
        Path parent = Path.of(System.getProperty("basedir", ""), "target", "control-plane")
                .toAbsolutePath();
        try {
            Files.createDirectories(parent);
            sweep(parent);
            String name = "jvm-" + ProcessHandle.current().pid() + "-";
            RunFolder folder = new RunFolder(Files.createTempDirectory(parent, name));
            Files.createDirectories(folder.log("x").getParent());
            Files.createDirectories(
                    folder.etcdData(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The logs of a run stay until the next one; what a killed JVM could not delete goes with them. */
    private static void sweep(Path parent) throws IOException {
        try (Stream<Path> runs = Files.list(parent)) {
            for (Path run : runs.filter(RunFolder::isOfDeadProcess).toList()) {
                Trees.delete(run);
            }
        }
    }

    private static boolean isOfDeadProcess(Path run) {
        Matcher name = NAME.matcher(run.getName(run.getNameCount() - 1).toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    /** Keeps the logs: they are what a person wants after a failed test. */
    void deleteData() {
        try {
            Trees.delete(etcdData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name) {
        return root.resolve(name);
    }

    Path log(String program) {
        return root.resolve("log").resolve(program + ".log");
    }

    Path auditLog() {
        return root.resolve("log").resolve("audit.jsonl");
    }

    Path etcdData() {
        return root.resolve("etcd");
    }

    Path write(String name, String content) {
        try {
            return Files.writeString(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, Identity identity) {
        write(name + ".crt", identity.certificate());
        write(name + ".key", identity.key());
    }
}
