package dev.workerpool.tools.bench;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The sizes that Deployments of a namespace are told to have, and when one watch for all of them saw it. */
final class SizeWatch implements Watcher<Deployment>, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A Deployment's size, and since when, by {@link System#nanoTime}. */
    private record Seen(int replicas, long at) {}

    private final Map<String, Seen> sizes = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final Watch watch;

    @SuppressWarnings("this-escape")
    SizeWatch(KubernetesClient client, String namespace) {
        watch = client.apps().deployments().inNamespace(namespace).watch(this);
    }

    @Override
    public void eventReceived(Action action, Deployment deployment) {
        long now = System.nanoTime();
        String name = deployment.getMetadata().getName();
        int replicas = deployment.getSpec().getReplicas();
        sizes.compute(name, (same, before) -> {
            if (before != null && before.replicas() == replicas) {
                return before;
            }
            changes.incrementAndGet();
            return new Seen(replicas, now);
        });
    }

    @Override
    public void onClose(WatcherException lost) {
        throw new IllegalStateException("the watch was lost", lost);
    }

    /** The size that a Deployment was last seen with; -1 where it was not seen. */
    int of(String deployment) {
        return Optional.ofNullable(sizes.get(deployment)).map(Seen::replicas).orElse(-1);
    }

    /** How many sizes were seen so far, of all Deployments. */
    long changes() {
        return changes.get();
    }

    /** The time from just before the cause until this Deployment is seen with this size. */
    Duration timed(Runnable cause, String deployment, int replicas) {
        long began = System.nanoTime();
        cause.run();
        await("Deployment " + deployment + " of " + replicas)
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> of(deployment) == replicas);
        return Duration.ofNanos(
                Optional.ofNullable(sizes.get(deployment)).orElseThrow().at() - began);
    }

    @Override
    public void close() {
        watch.close();
    }
}
