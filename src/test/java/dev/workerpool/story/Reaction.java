package dev.workerpool.story;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Times how long after a cause the new size of a Deployment is seen by a watch, which is one for all of a namespace. */
final class Reaction implements Watcher<Deployment>, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A Deployment's size as it was first seen. */
    private record Size(String deployment, int replicas) {}

    /** Times of one kind, in ascending order. */
    record Times(String of, List<Duration> ascending) {
        /** One line: how many, p50, p99 and the longest, in milliseconds. */
        String line() {
            return "%-42s %5d %9.1f %9.1f %9.1f"
                    .formatted(of, ascending.size(), percentile(50), percentile(99), percentile(100));
        }

        /** By nearest rank. */
        private double percentile(int percent) {
            int rank = Math.ceilDiv(percent * ascending.size(), 100);
            return ascending.get(Math.max(rank, 1) - 1).toNanos() / 1e6;
        }
    }

    private final Map<Size, Long> seen = new ConcurrentHashMap<>();
    private final Watch watch;

    @SuppressWarnings("this-escape")
    Reaction(KubernetesClient client, String namespace) {
        watch = client.apps().deployments().inNamespace(namespace).watch(this);
    }

    @Override
    public void eventReceived(Action action, Deployment deployment) {
        long now = System.nanoTime();
        Size size = new Size(
                deployment.getMetadata().getName(), deployment.getSpec().getReplicas());
        seen.putIfAbsent(size, now);
    }

    @Override
    public void onClose(WatcherException lost) {
        throw new IllegalStateException("the watch was lost", lost);
    }

    /** One try: the time from just before the cause until the Deployment has this size. */
    private Duration time(Runnable cause, Size size) {
        long began = System.nanoTime();
        cause.run();
        await(size.toString())
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> seen.containsKey(size));
        return Duration.ofNanos(Optional.ofNullable(seen.get(size)).orElseThrow() - began);
    }

    /** What to do for the try of this number, and the Deployment that is to be of this size then. */
    record Try(Runnable cause, String deployment, int replicas) {}

    Times times(String of, List<Try> tries, Runnable between) {
        List<Duration> times = new ArrayList<>();
        for (Try one : tries) {
            between.run();
            times.add(time(one.cause(), new Size(one.deployment(), one.replicas())));
        }
        return new Times(of, times.stream().sorted().toList());
    }

    @Override
    public void close() {
        watch.close();
    }
}
