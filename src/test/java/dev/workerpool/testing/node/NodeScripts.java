package dev.workerpool.testing.node;

import dev.workerpool.testing.kube.Checkout;
import dev.workerpool.testing.kube.JvmFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The scripts of {@code src/test/node}. */
record NodeScripts(Path folder) {

    static NodeScripts ofThisProject() {
        return new NodeScripts(Checkout.path("src/test/node"));
    }

    Path script(String name) {
        return folder.resolve(name);
    }

    /** The images that pods run, made once and kept in the user's cache. */
    List<Path> images() {
        String home = Objects.requireNonNull(System.getProperty("user.home"));
        String cache = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), home + "/.cache");
        Path images = Path.of(cache, "workerpool", "node-images");
        return run("images.sh", images).lines().map(Path::of).toList();
    }

    /** Removes what an ended node leaves. */
    void tidy(Path state) {
        run("tidy.sh", state);
    }

    private String run(String script, Path argument) {
        try {
            Process process = new ProcessBuilder("bash", script(script).toString(), argument.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(script + " failed: " + out);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A fresh folder for one node, under the build's own. What a killed JVM's node left there is removed first. */
    Path newState() {
        JvmFolders folders = JvmFolders.of("node");
        folders.ofDeadJvms().forEach(this::tidy);
        return folders.create();
    }
}
