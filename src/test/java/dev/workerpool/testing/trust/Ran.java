package dev.workerpool.testing.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command that was run to its end. */
public record Ran(long pid, int code, String out, String err) {

    /** With these variables over this JVM's own. */
    public static Ran command(Map<String, String> variables, List<String> command) {
        return command(variables, command, Path.of(""));
    }

    public static Ran command(Map<String, String> variables, List<String> command, Path folder) {
        try {
            Path err = Files.createTempFile("workerpool-ran-", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectError(err.toFile());
            // The checkout is no place for what Python compiles.
            builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
            builder.environment().putAll(variables);
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Ran ran = new Ran(process.pid(), process.waitFor(), out, Files.readString(err));
            Files.delete(err);
            return ran;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
