package dev.workerpool.operator;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.Labels;
import dev.workerpool.scaling.Fleet;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Deployments that someone else owns, each watched by itself with its pods. Only their scale is ever written. */
final class ForeignWorkloads implements AutoCloseable {
    private final KubernetesClient client;
    private final Consumer<PoolKey> wake;
    private final Map<PoolKey, Followed> followed = new ConcurrentHashMap<>();

    ForeignWorkloads(KubernetesClient client, Consumer<PoolKey> wake) {
        this.client = client;
        this.wake = wake;
    }

    /** One Deployment, and its pods once its selector is known. */
    private final class Followed {
        private final String name;
        private final SharedIndexInformer<Deployment> deployment;
        private Optional<SharedIndexInformer<Pod>> pods = Optional.empty();
        private Optional<Deployment> scaled = Optional.empty();

        Followed(PoolKey pool, String name) {
            this.name = name;
            this.deployment = client.apps()
                    .deployments()
                    .inNamespace(pool.namespace())
                    .withName(name)
                    .inform(new WakeOnChange<>(pool));
        }

        synchronized Optional<Deployment> live(String namespace) {
            Optional<Deployment> cached =
                    Optional.ofNullable(deployment.getIndexer().getByKey(namespace + "/" + name));
            // Until the watch has brought what was written, what was written is newer.
            scaled = scaled.filter(ours -> cached.map(Followed::version).equals(Optional.of(version(ours))));
            return scaled.or(() -> cached);
        }

        synchronized Deployment scaled(Deployment live, int replicas) {
            Deployment now = new DeploymentBuilder(live)
                    .editSpec()
                    .withReplicas(replicas)
                    .endSpec()
                    .build();
            scaled = Optional.of(now);
            return now;
        }

        private static String version(Deployment of) {
            return of.getMetadata().getResourceVersion();
        }

        synchronized List<Fleet.Pod> pods(String namespace) {
            if (pods.isEmpty()) {
                pods = live(namespace)
                        .map(found -> client.pods()
                                .inNamespace(namespace)
                                .withLabelSelector(found.getSpec().getSelector())
                                .inform());
            }
            return pods.map(informer -> informer.getIndexer().list().stream()
                            .map(PodCache::pod)
                            .toList())
                    .orElse(List.of());
        }

        synchronized void close() {
            deployment.close();
            pods.ifPresent(SharedIndexInformer::close);
        }
    }

    /** Wakes the pool that scales it. */
    private final class WakeOnChange<T> implements ResourceEventHandler<T> {
        private final PoolKey pool;

        WakeOnChange(PoolKey pool) {
            this.pool = pool;
        }

        @Override
        public void onAdd(T added) {
            wake.accept(pool);
        }

        @Override
        public void onUpdate(T before, T after) {
            wake.accept(pool);
        }

        @Override
        public void onDelete(T deleted, boolean unknownState) {
            wake.accept(pool);
        }
    }

    Optional<Deployment> live(PoolKey pool, String name) {
        return follow(pool, name).live(pool.namespace());
    }

    List<Fleet.Pod> pods(PoolKey pool, String name) {
        return follow(pool, name).pods(pool.namespace());
    }

    /** Writes the scale subresource, and nothing else. Returns the Deployment with its new size. */
    Deployment scale(PoolKey pool, Deployment live, SizePatch patch) {
        String name = live.getMetadata().getName();
        boolean fromZero = patch.from() == 0;
        client.apps()
                .deployments()
                .inNamespace(pool.namespace())
                .withName(name)
                .subresource("scale")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(fromZero ? PatchType.JSON_MERGE : PatchType.JSON)
                                .withFieldManager(Labels.OPERATOR)
                                .build(),
                        fromZero ? patch.merge(live.getMetadata().getResourceVersion()) : patch.json());
        return follow(pool, name).scaled(live, patch.to());
    }

    void forget(PoolKey pool) {
        Optional.ofNullable(followed.remove(pool)).ifPresent(Followed::close);
    }

    private Followed follow(PoolKey pool, String name) {
        return followed.compute(pool, (key, now) -> {
            if (now != null && now.name.equals(name)) {
                return now;
            }
            if (now != null) {
                now.close();
            }
            return new Followed(pool, name);
        });
    }

    @Override
    public void close() {
        followed.values().forEach(Followed::close);
    }
}
