package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs kubectl: the one that was built with the control plane, else the one on the PATH. */
public final class Kubectl {

    private final String program;
    private final RunFolder folder;

    Kubectl(Binaries.Found binaries, RunFolder folder) {
        Path built = binaries.path("kubectl");
        this.program = Files.isExecutable(built) ? built.toString() : "kubectl";
        this.folder = folder;
    }

    /** What a person would have seen. */
    public record Result(int exitCode, String out, String err) {

        /** The standard output; fails when kubectl failed. */
        public String succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("kubectl ended with " + exitCode + ": " + err);
            }
            return out;
        }
    }

    Result run(Path kubeconfig, String input, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program, "--kubeconfig=" + kubeconfig));
        command.addAll(arguments);
        try {
            Path in = Files.writeString(Files.createTempFile(folder.root(), "kubectl-", ".in"), input);
            Path out = Files.createTempFile(folder.root(), "kubectl-", ".out");
            Path err = Files.createTempFile(folder.root(), "kubectl-", ".err");
            int code = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            Files.delete(in);
            return new Result(code, taken(out), taken(err));
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
