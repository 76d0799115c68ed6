package dev.workerpool.testing.jobs;

import dev.workerpool.testing.kube.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder of {@code src/test/apps}, and processes that run in it as in an image's working directory. */
record AppFolder(Path path) {
    private static final List<String> NOT_INHERITED =
            List.of("CELERY_", "REDIS_URL", "RQ_", "NODE_", "SSL_CERT_", "DYNO");

    static AppFolder named(String name) {
        return new AppFolder(Checkout.path("src/test/apps", name));
    }

    Producer producer(List<String> command, Map<String, String> environment) {
        return new Producer(Child.start(inFolder(command), environment, newLog("producer")));
    }

    /** The pod's variables win over what a pod has without being told (its own host name). */
    RunningWorker worker(List<String> command, Map<String, String> defaults, WorkerPod pod) {
        Map<String, String> environment = new HashMap<>(defaults);
        environment.putAll(pod.expandedEnv());
        Path log = newLog(pod.name());
        ProcessBuilder builder = inFolder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        return new RunningWorker(pod, Child.start(builder, environment, log));
    }

    private ProcessBuilder inFolder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(path.toFile());
        // The machine's own settings would otherwise decide what the pod's should.
        builder.environment().keySet().removeIf(name -> NOT_INHERITED.stream().anyMatch(name::startsWith));
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        return builder;
    }

    private static Path newLog(String name) {
        try {
            Path log = Files.createTempFile("workerpool-" + name + "-", ".log");
            log.toFile().deleteOnExit();
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
