package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command line tool, kubectl or helm: the one that was built with the control plane, else the one on the PATH. */
public final class Tool {

    private final String name;
    private final String program;
    private final RunFolder folder;

    Tool(String name, Binaries.Found binaries, RunFolder folder) {
        Path built = binaries.path(name);
        this.name = name;
        this.program = Files.isExecutable(built) ? built.toString() : name;
        this.folder = folder;
    }

    /** What a person would have seen. */
    public record Result(String tool, int exitCode, String out, String err) {

        /** The standard output; fails when the tool failed. */
        public String succeeded() {
            if (exitCode != 0) {
                throw new AssertionError(tool + " ended with " + exitCode + ": " + err);
            }
            return out;
        }
    }

    Result run(Path kubeconfig, String input, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program, "--kubeconfig=" + kubeconfig));
        command.addAll(arguments);
        try {
            Path in = Files.writeString(Files.createTempFile(folder.root(), name + "-", ".in"), input);
            Path out = Files.createTempFile(folder.root(), name + "-", ".out");
            Path err = Files.createTempFile(folder.root(), name + "-", ".err");
            int code = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            Files.delete(in);
            return new Result(name, code, taken(out), taken(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String taken(Path file) throws IOException {
        String text = Files.readString(file);
        Files.delete(file);
        return text;
    }
}
