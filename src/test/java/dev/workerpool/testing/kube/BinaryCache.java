package dev.workerpool.testing.kube;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** One folder of the user's cache. It appears whole or not at all, also when a build is killed or two run at once. */
record BinaryCache(Path parent, String key, List<String> required) {

    BinaryCache {
        required = List.copyOf(required);
    }

    /** The control plane's programs. */
    static BinaryCache of(Map<String, String> environment, String checksum) {
        return of(environment, "control-plane", checksum, Binaries.REQUIRED);
    }

    /** @param what names a folder of several versions */
    static BinaryCache of(Map<String, String> environment, String what, String checksum, List<String> required) {
        String named = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        Path caches = named.isBlank() ? home.resolve(".cache") : Path.of(named);
        return new BinaryCache(caches.resolve("workerpool", what).toAbsolutePath(), checksum, required);
    }

    Path folder() {
        return parent.resolve(key);
    }

    boolean isFilled() {
        return Binaries.lackingIn(folder(), required).isEmpty();
    }

    void fill(BinaryBuild build) throws IOException, BuildFailedException {
        Files.createDirectories(parent);
        try (FileChannel channel = FileChannel.open(
                        parent.resolve(key + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !isFilled()) {
                buildAside(build, parent.resolve(key + ".partial"));
            }
        }
    }

    private void buildAside(BinaryBuild build, Path partial) throws IOException, BuildFailedException {
        Trees.delete(partial);
        Trees.delete(folder());
        Files.createDirectory(partial);
        build.into(partial);
        Files.move(partial, folder(), StandardCopyOption.ATOMIC_MOVE);
    }
}
