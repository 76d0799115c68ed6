package dev.workerpool.testing.kubelet;

import dev.workerpool.testing.jobs.Child;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** One pod as a process: from its start to its end, with what the API server is told of it. */
public final class PodRun implements AutoCloseable {
    /** Not the informer's own threads: they must stay free for what comes in. */
    static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    /** A pod's process and what it was made from. */
    private record Started(ResolvedContainer container, Child child) {}

    private final KubernetesClient client;
    private final Pod pod;
    private final Map<String, Map<String, String>> images;
    private final CompletableFuture<Started> started;
    private Optional<CompletableFuture<Boolean>> ended = Optional.empty();

    private PodRun(KubernetesClient client, Pod pod, Map<String, Map<String, String>> images) {
        this.client = client;
        this.images = images;
        this.pod = pod;
        this.started = CompletableFuture.supplyAsync(this::start, THREADS);
    }

    /** Returns at once. */
    static PodRun begin(KubernetesClient client, Pod pod, Map<String, Map<String, String>> images) {
        return new PodRun(client, pod, images);
    }

    public String podName() {
        return pod.getMetadata().getName();
    }

    public String log() {
        return started.join().child().log();
    }

    /** The environment of its process as it is now: a wrapper may have become the command, with more in it. */
    public Map<String, String> environment() {
        Path file =
                Path.of("/proc", Long.toString(started.join().child().process().pid()), "environ");
        try {
            return Arrays.stream(Files.readString(file).split("\0"))
                    .map(variable -> variable.split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, other) -> one));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** STOP: it is there, and does nothing more. */
    public void hang() {
        started.join().child().signal("STOP");
    }

    /** Waits for its end; whether it was told to end and did so by itself within the grace period. */
    public boolean endedInTime() {
        return ending().map(CompletableFuture::join).orElse(false);
    }

    public boolean isAlive() {
        return started.join().child().process().isAlive();
    }

    /** SIGKILL to the worker and all that it started, as a node does that runs out of memory. Nobody is told. */
    public void kill() {
        started.join().child().close();
    }

    /** TERM, and KILL after the grace period; then the pod is gone. Returns at once; only the first call counts. */
    synchronized void terminate(Duration gracePeriod) {
        if (ended.isEmpty()) {
            ended = Optional.of(started.thenApplyAsync(it -> end(it, gracePeriod), THREADS));
        }
    }

    private synchronized Optional<CompletableFuture<Boolean>> ending() {
        return ended;
    }

    private Started start() {
        ResolvedContainer container = ResolvedContainer.of(client, pod, images);
        Path log = newLog(podName());
        ProcessBuilder command = container.process().redirectErrorStream(true).redirectOutput(log.toFile());
        Child child = Child.start(command, container.environment(), log);
        String status =
                """
                {"status": {"phase": "Running", "startTime": "%1$s",
                  "conditions": [{"type": "Initialized", "status": "True"},
                                 {"type": "Ready", "status": "True", "lastTransitionTime": "%1$s"},
                                 {"type": "ContainersReady", "status": "True"}],
                  "containerStatuses": [{"name": "%2$s", "image": "%3$s", "imageID": "", "ready": true, "started": true,
                                         "restartCount": 0, "state": {"running": {"startedAt": "%1$s"}}}]}}
                """.formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), container.name(), container.image());
        resource().subresource("status").patch(PatchContext.of(PatchType.STRATEGIC_MERGE), status);
        return new Started(container, child);
    }

    private boolean end(Started it, Duration gracePeriod) {
        boolean wasAlive = it.child().process().isAlive();
        List<ProcessHandle> inside = it.child().process().descendants().toList();
        it.child().process().destroy();
        boolean inTime = it.child().endedWithin(gracePeriod);
        it.child().close();
        // With the first process of a container all others in it end, those of a shell that was told to go, too.
        inside.forEach(ProcessHandle::destroyForcibly);
        it.container().deleteVolumes();
        resource().withGracePeriod(0).delete();
        return wasAlive && inTime;
    }

    private PodResource resource() {
        return client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(podName());
    }

    private static Path newLog(String name) {
        try {
            Path log = Files.createTempFile(name + "-", ".log");
            log.toFile().deleteOnExit();
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it without its grace period. */
    @Override
    public void close() {
        if (ending().isEmpty() && !started.isCompletedExceptionally()) {
            started.join().child().close();
            started.join().container().deleteVolumes();
        }
    }
}
