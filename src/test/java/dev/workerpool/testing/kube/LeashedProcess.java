package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running program that ends when it is told to, and with this JVM, however that ends. */
final class LeashedProcess {

    private final String name;
    private final Process leash;
    private final Path log;

    private LeashedProcess(String name, Process leash, Path log) {
        this.name = name;
        this.leash = leash;
        this.log = log;
    }

    static LeashedProcess start(Binaries.Found binaries, RunFolder folder, Command command) {
        Path log = folder.log(String.valueOf(Path.of(command.program()).getFileName()));
        try {
            Process leash = new ProcessBuilder(command.leashed(binaries))
                    .directory(folder.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new LeashedProcess(command.program(), leash, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails with the end of the log when the program has ended by itself. */
    void mustBeAlive() {
        if (!leash.isAlive()) {
            throw new IllegalStateException(name + " ended with " + leash.exitValue() + ": " + lastLines());
        }
    }

    boolean isAlive() {
        return leash.isAlive();
    }

    /** Returns when the program is gone. It is killed, not asked: nothing that it holds outlives the test run. */
    void stop() {
        try {
            leash.getOutputStream().close();
            if (!leash.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " did not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }
}
