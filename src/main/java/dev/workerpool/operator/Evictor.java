package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import dev.workerpool.broker.PoolKey;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evicts a pod of a pool's own Deployment, which then starts another one. By the eviction API, so that every
 * PodDisruptionBudget has its say; of this very pod as it was seen, or none.
 */
final class Evictor {
    private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);

    /** A budget that says no is not asked at each reading, nor is one pod evicted twice while the watch is behind. */
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final PodCache pods;
    private final Clock clock;
    private final Map<PoolKey, Instant> tried = new ConcurrentHashMap<>();

    Evictor(KubernetesClient client, PodCache pods, Clock clock) {
        this.client = client;
        this.pods = pods;
        this.clock = clock;
    }

    /**
     * Does nothing where the pod is not what it should be, or a budget forbids it: it is asked again.
     *
     * @param before told of the pod's uid just before it is evicted
     */
    void evict(PoolKey pool, Deployment owner, String name, Consumer<String> before) {
        Instant now = clock.instant();
        if (Optional.ofNullable(tried.get(pool))
                .filter(at -> now.isBefore(at.plus(TRY_AGAIN_AFTER)))
                .isPresent()) {
            return;
        }
        tried.put(pool, now);
        pods.ofPool(pool.namespace(), pool.name(), name)
                .filter(pod -> isOf(owner, pod))
                .ifPresent(pod -> {
                    before.accept(pod.getMetadata().getUid());
                    evict(pod);
                });
    }

    void forget(PoolKey pool) {
        tried.remove(pool);
    }

    private void evict(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        String name = pod.getMetadata().getName();
        try {
            boolean evicted = client.pods()
                    .inNamespace(namespace)
                    .withName(name)
                    .evict(new EvictionBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(name)
                            .endMetadata()
                            .withDeleteOptions(new DeleteOptionsBuilder()
                                    .withNewPreconditions(
                                            pod.getMetadata().getResourceVersion(),
                                            pod.getMetadata().getUid())
                                    .build())
                            .build());
            LOG.info("pod {}/{} {}", namespace, name, evicted ? "was evicted" : "may not be evicted now");
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_CONFLICT && e.getCode() != HTTP_NOT_FOUND) {
                throw e;
            }
            LOG.info("pod {}/{} has changed: {}", namespace, name, Refusals.message(e));
        }
    }

    /** Labels can be put on anything by anyone, so the whole chain of controllers is looked at. */
    private boolean isOf(Deployment owner, Pod pod) {
        return controller(pod.getMetadata().getOwnerReferences())
                .filter(reference -> "ReplicaSet".equals(reference.getKind()))
                .flatMap(reference -> Optional.ofNullable(client.apps()
                                .replicaSets()
                                .inNamespace(pod.getMetadata().getNamespace())
                                .withName(reference.getName())
                                .get())
                        .filter(set ->
                                reference.getUid().equals(set.getMetadata().getUid())))
                .flatMap((ReplicaSet set) -> controller(set.getMetadata().getOwnerReferences()))
                .filter(reference ->
                        reference.getUid().equals(owner.getMetadata().getUid()))
                .isPresent();
    }

    private static Optional<OwnerReference> controller(List<OwnerReference> owners) {
        return owners.stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }
}
