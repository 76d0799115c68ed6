package dev.workerpool.testing.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Every size that a Deployment was told to have, when a watch saw it. */
public final class SizesSeen implements Watcher<Deployment>, AutoCloseable {
    /** One size and the moment from which it held. */
    public record Seen(int replicas, Instant at) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Watch watch;

    @SuppressWarnings("this-escape")
    public SizesSeen(KubernetesClient client, String namespace, String deployment) {
        watch = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .watch(this);
    }

    @Override
    public void eventReceived(Action action, Deployment deployment) {
        int now = deployment.getSpec().getReplicas();
        if (seen.isEmpty() || seen.getLast().replicas() != now) {
            seen.add(new Seen(now, Instant.now()));
        }
    }

    @Override
    public void onClose(WatcherException lost) {
        throw new IllegalStateException("the watch was lost", lost);
    }

    public List<Seen> all() {
        return List.copyOf(seen);
    }

    /** The first that was smaller than the one before it, where there was one. */
    public Optional<Seen> firstLowered() {
        List<Seen> sizes = all();
        return IntStream.range(1, sizes.size())
                .filter(i -> sizes.get(i).replicas() < sizes.get(i - 1).replicas())
                .mapToObj(sizes::get)
                .findFirst();
    }

    public boolean isBackAtZero() {
        return seen.size() > 1 && seen.getLast().replicas() == 0;
    }

    @Override
    public void close() {
        watch.close();
    }
}
