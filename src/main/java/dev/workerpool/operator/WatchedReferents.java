package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Secrets and ConfigMaps that Brokers name, each watched by itself: nothing else of a namespace is read. A change wakes
 * the Brokers that name it.
 */
final class WatchedReferents implements Referents, AutoCloseable {
    private final KubernetesClient client;
    private final Consumer<ResourceID> wake;
    private final Map<Name, SharedIndexInformer<? extends HasMetadata>> watched = new ConcurrentHashMap<>();
    private final Map<ResourceID, Set<Name>> namedBy = new ConcurrentHashMap<>();

    WatchedReferents(KubernetesClient client, Consumer<ResourceID> wake) {
        this.client = client;
        this.wake = wake;
    }

    /** Watches what this Broker names now, and no longer what it named before, unless another names it too. */
    @Override
    public synchronized void follow(ResourceID broker, Set<Name> names) {
        if (names.isEmpty()) {
            namedBy.remove(broker);
        } else {
            namedBy.put(broker, Set.copyOf(names));
        }
        watched.keySet().removeIf(name -> {
            boolean unnamed = namedBy.values().stream().noneMatch(all -> all.contains(name));
            if (unnamed) {
                Optional.ofNullable(watched.get(name)).ifPresent(SharedIndexInformer::close);
            }
            return unnamed;
        });
        names.forEach(name -> watched.computeIfAbsent(name, this::watch));
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return get(Secret.class, namespace, name);
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return get(ConfigMap.class, namespace, name);
    }

    private <T extends HasMetadata> Optional<T> get(Class<T> kind, String namespace, String name) {
        return Optional.ofNullable(watched.get(new Name(kind, namespace, name)))
                .map(informer -> kind.cast(informer.getIndexer().getByKey(namespace + "/" + name)));
    }

    private SharedIndexInformer<? extends HasMetadata> watch(Name name) {
        return Secret.class.equals(name.kind())
                ? inform(client.secrets().inNamespace(name.namespace()).withName(name.name()), name)
                : inform(client.configMaps().inNamespace(name.namespace()).withName(name.name()), name);
    }

    private <T extends HasMetadata> SharedIndexInformer<T> inform(Resource<T> resource, Name name) {
        return resource.inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                changed(name);
            }

            @Override
            public void onUpdate(T before, T after) {
                changed(name);
            }

            @Override
            public void onDelete(T deleted, boolean unknownState) {
                changed(name);
            }
        });
    }

    private void changed(Name name) {
        namedBy.forEach((broker, names) -> {
            if (names.contains(name)) {
                wake.accept(broker);
            }
        });
    }

    @Override
    public synchronized void close() {
        watched.values().forEach(SharedIndexInformer::close);
        watched.clear();
    }
}
