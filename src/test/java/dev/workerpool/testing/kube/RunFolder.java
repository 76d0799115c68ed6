package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What one run of a control plane keeps on disk: keys, kubeconfigs, etcd's data and logs, under the build's own folder. */
record RunFolder(Path root) {

    static RunFolder fresh() {
        JvmFolders folders = JvmFolders.of("control-plane");
        try {
            // The logs of a run stay until the next one; what a killed JVM could not delete goes with them.
            for (Path run : folders.ofDeadJvms()) {
                Trees.delete(run);
            }
            RunFolder folder = new RunFolder(folders.create());
            Files.createDirectories(folder.log("x").getParent());
            Files.createDirectories(
                    folder.etcdData(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the logs: they are what a person wants after a failed test. */
    void deleteData() {
        try {
            Trees.delete(etcdData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Trees.delete(root);
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
