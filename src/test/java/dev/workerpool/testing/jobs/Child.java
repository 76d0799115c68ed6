package dev.workerpool.testing.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that a test started: ended by its own handle, at the latest when this JVM ends. */
public final class Child implements AutoCloseable {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Child::killTree), "end-children"));
    }

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a command with the given variables over this JVM's own; what it says goes to the log. */
    public static Child start(ProcessBuilder command, Map<String, String> variables, Path log) {
        command.environment().putAll(variables);
        try {
            Process process = command.redirectError(log.toFile()).start();
            RUNNING.add(process);
            return new Child(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Process process() {
        return process;
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal by number or name, to this process alone. */
    public void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean endedWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL, for the process and what it started, and waits until it is gone. */
    @Override
    public void close() {
        killTree(process);
        if (!endedWithin(Duration.ofSeconds(10))) {
            throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
        }
        RUNNING.remove(process);
    }

    private static void killTree(Process process) {
        killTree(process.toHandle());
    }

    /** From the top: a parent that outlives its child for a moment sees it die, and tells the broker, as no lost node does. */
    private static void killTree(ProcessHandle process) {
        List<ProcessHandle> children = process.children().toList();
        process.destroyForcibly();
        children.forEach(Child::killTree);
    }
}
