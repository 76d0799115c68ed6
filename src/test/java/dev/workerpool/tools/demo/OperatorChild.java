package dev.workerpool.tools.demo;

import dev.workerpool.testing.jobs.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The packaged operator, as a user runs it outside of a cluster, with its page on loopback. */
final class OperatorChild implements AutoCloseable {
    private static final int PAGE = 8081;
    private static final int TOLD_LINES = 15;

    private final Process process;
    private final Path log;
    private final URI page;

    private OperatorChild(Process process, Path log, URI page) {
        this.process = process;
        this.log = log;
        this.page = page;
    }

    /** Returns at once. Alone, without a Lease: it looks after the demo's namespace only. */
    static OperatorChild start(Path kubeconfig, String namespace, Path folder) {
        int page = isFree(PAGE) ? PAGE : FreePort.next();
        Path log = folder.resolve("operator.log");
        List<String> command = List.of(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Objects.requireNonNull(System.getProperty("workerpool.jar"), "run by ./workerpool, which packages it"),
                "run",
                "--kubeconfig=" + kubeconfig,
                "--namespace=" + namespace,
                "--no-leader-election",
                "--log-format=text",
                "--allow-address=127.0.0.0/8,::1",
                "--listen=127.0.0.1:" + FreePort.next(),
                "--page=127.0.0.1:" + page);
        try {
            Process process = new ProcessBuilder(Aside.from(command))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new OperatorChild(process, log, URI.create("http://127.0.0.1:" + page + "/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    URI page() {
        return page;
    }

    /** @throws IllegalStateException with the end of its log, where it has ended by itself */
    void mustBeAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the operator ended with " + process.exitValue() + ":\n" + lastLines());
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        Ended.of(process);
    }
}
