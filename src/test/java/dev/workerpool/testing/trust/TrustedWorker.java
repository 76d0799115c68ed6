package dev.workerpool.testing.trust;

import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.WorkerPod;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A framework with the code that the operator mounts for it.
 *
 * @param framework its column's name
 * @param code of its language
 * @param apps the real framework with an app of each manner
 * @param urlVariable names the URL, and says nothing of verification
 * @param arguments of a worker that takes from the queue {@code mail}
 */
public record TrustedWorker(
        String framework, WrappedCommand code, Apps apps, String urlVariable, List<String> arguments) {

    /** By what an app's own code says of verification. */
    public record Apps(Supplier<? extends JobsApp> silent, Supplier<? extends JobsApp> verifyingNothing) {}

    JobsApp app(Manner manner) {
        return switch (manner) {
            case SILENT -> apps.silent().get();
            case VERIFYING_NOTHING -> apps.verifyingNothing().get();
        };
    }

    WorkerPod pod() {
        return WorkerPod.named("mail-0").withArgs(arguments.toArray(String[]::new));
    }

    Map<String, String> pointingAt(String url) {
        return Map.of(urlVariable, url);
    }
}
