package dev.workerpool.story;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.builders.WrittenBroker;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kubelet.ProcessNode;
import java.util.stream.Collectors;

/** What a user applies: a broker behind a private authority, with its login in a Secret, and pools that use it. */
final class Manifests {
    private Manifests() {}

    static String broker(RedisServer redis, String user, String password) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: jobs-auth}
                stringData: {username: %s, password: %s}
                ---
                """.formatted(user, password)
                + WrittenBroker.withoutCredentials(redis)
                        .with("credentials: {secretRef: {name: jobs-auth}}")
                        .yaml();
    }

    /** A pool that sleeps when there is nothing to do. The caller adds the template of its pods. */
    static APool sleeper(String name, int maxReplicas) {
        return APool.named(name)
                .withConcurrency(2)
                .with("drainTimeout: 30s")
                .with("scaling: {minReplicas: 0, maxReplicas: %d, idleAfter: 5s, target: {backlogPerWorker: 10}}"
                        .formatted(maxReplicas));
    }

    static APool celery(APool pool) {
        return pool.ofFramework("framework: Celery", "celery: {app: tasks}");
    }

    static APool sidekiq(APool pool) {
        return pool.ofFramework("framework: Sidekiq");
    }

    /** Its pods run the app's own worker as processes of this machine. */
    static String ofProcesses(APool pool, JobsApp app) {
        String command =
                app.workerCommand().stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
        String environment = app.imageEnvironment().entrySet().stream()
                .map(variable -> "{name: %s, value: \"%s\"}".formatted(variable.getKey(), variable.getValue()))
                .collect(Collectors.joining(", "));
        return pool.with("template:", "  spec:")
                .with(ProcessNode.PLACED_HERE.stream().map("    "::concat).toArray(String[]::new))
                .with(
                        "    containers:",
                        "    - name: worker",
                        "      image: example.com/%s:1".formatted(pool.name()),
                        "      workingDir: " + app.workingDir(),
                        "      command: [" + command + "]",
                        "      env: [" + environment + "]")
                .yaml();
    }
}
