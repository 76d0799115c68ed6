package dev.workerpool.testing.operator;

import static org.awaitility.Awaitility.await;

import dev.workerpool.testing.jobs.Child;
import dev.workerpool.testing.jobs.FreePort;
import dev.workerpool.testing.kube.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code java -jar workerpool-operator.jar run …}: ended with the test or with this JVM. */
public final class PackagedOperator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where the tests have their brokers. */
    private static final String ON_LOOPBACK = "--allow-address=127.0.0.0/8,::1";

    private final Child child;
    private final URI base;

    private PackagedOperator(Child child, URI base) {
        this.child = child;
        this.base = base;
    }

    /** Returns when it says that it is ready. */
    public static PackagedOperator start(Path kubeconfig, String... options) {
        return ready(launch(kubeconfig, options));
    }

    /** One that connects to loopback only as its options say. */
    public static PackagedOperator startGuarded(Path kubeconfig, String... options) {
        return ready(launch(QuickStart.command(jar()), kubeconfig, List.of(options)));
    }

    /** With options of the JVM of its own, in the place of the image's. */
    public static PackagedOperator startWith(List<String> jvm, Path kubeconfig, String... options) {
        return ready(launch(QuickStart.java(jvm, jar()), kubeconfig, onLoopback(options)));
    }

    /** As one of this version, which is otherwise the same. */
    public static PackagedOperator startVersion(String version, Path kubeconfig, String... options) {
        return ready(
                launch(QuickStart.java(List.of(), AnotherVersion.of(jar(), version)), kubeconfig, onLoopback(options)));
    }

    private static PackagedOperator ready(PackagedOperator operator) {
        try {
            await("the operator").atMost(PATIENCE).until(operator::isReady);
            return operator;
        } catch (RuntimeException e) {
            operator.close();
            throw new IllegalStateException(operator.log(), e);
        }
    }

    /** Returns at once. */
    public static PackagedOperator launch(Path kubeconfig, String... options) {
        return launch(QuickStart.command(jar()), kubeconfig, onLoopback(options));
    }

    private static Path jar() {
        return Path.of(
                Objects.requireNonNull(System.getProperty("workerpool.jar"), "run by mvn verify, which packages it"));
    }

    private static List<String> onLoopback(String... options) {
        return Stream.concat(Stream.of(ON_LOOPBACK), Stream.of(options)).toList();
    }

    private static PackagedOperator launch(List<String> java, Path kubeconfig, List<String> options) {
        int port = FreePort.next();
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("run", "--kubeconfig=" + kubeconfig, "--log-format=text", "--listen=127.0.0.1:" + port));
        command.addAll(options);
        Path log = newLog();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        return new PackagedOperator(Child.start(builder, Map.of(), log), URI.create("http://127.0.0.1:" + port));
    }

    public boolean isReady() {
        if (!child.process().isAlive()) {
            throw new IllegalStateException(
                    "the operator ended with " + child.process().exitValue());
        }
        try {
            return get("/readyz").statusCode() == 200;
        } catch (UncheckedIOException notListeningYet) {
            return false;
        }
    }

    public String metrics() {
        return get("/metrics").body();
    }

    public String log() {
        return child.log();
    }

    /** TERM: what a rollout of the operator does. Returns its exit status. */
    public int stop() {
        child.process().destroy();
        if (!child.endedWithin(PATIENCE)) {
            throw new IllegalStateException("the operator does not end:\n" + log());
        }
        return child.process().exitValue();
    }

    /** SIGKILL. */
    public void kill() {
        child.close();
    }

    /** SIGSTOP: it lives, holds its connections, and does nothing. */
    public void pause() {
        child.signal("STOP");
    }

    public void resume() {
        child.signal("CONT");
    }

    public ProcessHandle handle() {
        return child.process().toHandle();
    }

    public boolean isAlive() {
        return child.process().isAlive();
    }

    private HttpResponse<String> get(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path newLog() {
        try {
            return Files.createTempFile(Files.createDirectories(Checkout.path("target/operator")), "run-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
