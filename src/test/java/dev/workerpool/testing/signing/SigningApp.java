package dev.workerpool.testing.signing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.Child;
import dev.workerpool.testing.jobs.Needed;
import dev.workerpool.testing.kube.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The app of {@code src/test/apps/signing} in one version of Celery, as worker and as client.
 *
 * @param variables of its image, such as of its broker
 */
public record SigningApp(CeleryVersion celery, Map<String, String> variables) {
    private static final Path CODE = Checkout.path("src/main/resources/worker/python");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A worker on the queue {@code mail}, started by the wrapper as in a pod; waits until it takes tasks. */
    public Child startWorker(Map<String, String> signing, String... options) {
        String python = Needed.onPath("python3", "install Python 3.8 or later").toString();
        List<String> command =
                new ArrayList<>(List.of(python, CODE.resolve("run.py").toString(), celery.python()));
        command.addAll(
                List.of("-m", "celery", "-A", "app", "worker", "-Q", "mail", "-n", "celery@mail-0", "-l", "INFO"));
        command.addAll(List.of("--without-gossip", "--without-mingle", "--heartbeat-interval", "1"));
        command.addAll(List.of(options));
        Path log = newLog();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Child worker = start(builder, signing, log);
        await().atMost(PATIENCE)
                .conditionEvaluationListener(
                        ignored -> assertTrue(worker.process().isAlive(), worker::log))
                .until(() -> worker.log().contains("ready."));
        return worker;
    }

    /** A client, with the mounted code on its PYTHONPATH where it signs. */
    public Sender sender(Map<String, String> signing) {
        ProcessBuilder builder = new ProcessBuilder(celery.python(), "send.py");
        if (!signing.isEmpty()) {
            builder.environment().put("PYTHONPATH", CODE.toString());
        }
        return new Sender(start(builder, signing, newLog()));
    }

    private Child start(ProcessBuilder builder, Map<String, String> signing, Path log) {
        builder.directory(Checkout.path("src/test/apps/signing").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CELERY_"));
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        // The app accepts pickle, and the tests may well be root's.
        builder.environment().put("C_FORCE_ROOT", "1");
        builder.environment().putAll(variables);
        return Child.start(builder, signing, log);
    }

    private static Path newLog() {
        try {
            Path log = Files.createTempFile("workerpool-signing-", ".log");
            log.toFile().deleteOnExit();
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
