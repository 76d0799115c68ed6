package dev.workerpool.operator;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.Labels;
import dev.workerpool.scaling.Fleet;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods of all pools, Terminating ones included, from one watch a namespace (or one in all). */
final class PodCache implements AutoCloseable {
    private static final String BY_POOL = "pool";
    private static final String BY_SECRET = "secret";
    private static final String BY_BROKER = "broker";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final List<SharedIndexInformer<Pod>> informers;
    private final CompletableFuture<?> filled;

    private PodCache(List<SharedIndexInformer<Pod>> informers) {
        this.informers = informers;
        this.filled = CompletableFuture.allOf(informers.stream()
                .map(informer -> informer.start().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /**
     * Returns at once.
     *
     * @param refused told of a pool of which a node comes to start no container: its Deployment does not change with that
     */
    static PodCache start(KubernetesClient client, Set<String> namespaces, Consumer<PoolKey> refused) {
        Map<String, Function<Pod, List<String>>> indexes =
                Map.of(BY_POOL, PodCache::poolOf, BY_SECRET, PodCache::secretsOf, BY_BROKER, PodCache::brokerOf);
        Stream<FilterWatchListDeletable<Pod, PodList, PodResource>> pods = namespaces.isEmpty()
                ? Stream.of(client.pods().inAnyNamespace().withLabel(Labels.MANAGED_BY, Labels.OPERATOR))
                : namespaces.stream()
                        .map(namespace ->
                                client.pods().inNamespace(namespace).withLabel(Labels.MANAGED_BY, Labels.OPERATOR));
        return new PodCache(pods.map(some -> some.runnableInformer(0)
                        .itemStore(new Essence())
                        .addIndexers(indexes)
                        .addEventHandler(new RefusedPods(refused)))
                .toList());
    }

    /** Returns once it knows every pod that there is. */
    void awaitFilled() {
        filled.join();
    }

    private record RefusedPods(Consumer<PoolKey> refused) implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            tell(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            if (!refusal(before).equals(refusal(pod))) {
                tell(pod);
            }
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            tell(pod);
        }

        private void tell(Pod pod) {
            String pool = pod.getMetadata().getLabels().get(Labels.POOL);
            if (pool != null && refusal(pod).isPresent()) {
                refused.accept(new PoolKey(pod.getMetadata().getNamespace(), pool));
            }
        }
    }

    /** Thousands of pods are kept; of each only what is asked below. */
    private static final class Essence extends BasicItemStore<Pod> {
        Essence() {
            super(Cache::metaNamespaceKeyFunc);
        }

        @Override
        public @Nullable Pod put(String key, Pod pod) {
            return super.put(key, essence(pod));
        }
    }

    /** Its name, labels, owners, beginning and end, which containers run or end again and again, whether it is ready, and the Secrets it needs. */
    static Pod essence(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        return new PodBuilder()
                .withNewMetadata()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .withLabels(meta.getLabels())
                .withCreationTimestamp(meta.getCreationTimestamp())
                .withDeletionTimestamp(meta.getDeletionTimestamp())
                .withOwnerReferences(meta.getOwnerReferences())
                .endMetadata()
                .withNewSpec()
                .withVolumes(secretsOf(pod.getSpec()).map(PodCache::volume).toList())
                .endSpec()
                .withNewStatus()
                .withPhase(hasEnded(pod) ? pod.getStatus().getPhase() : null)
                .withConditions(ready(pod).toList())
                .withContainerStatuses(statuses(pod)
                        .filter(status -> isRunning(status)
                                || isCrashing(status)
                                || refusal(status).isPresent())
                        .toList())
                .endStatus()
                .build();
    }

    /** A Secret needed is a Secret needed, as a volume or in the environment. */
    private static Volume volume(String secret) {
        return new VolumeBuilder()
                .withNewSecret()
                .withSecretName(secret)
                .endSecret()
                .build();
    }

    List<Fleet.Pod> ofPool(String namespace, String pool) {
        return indexed(BY_POOL, key(namespace, pool)).map(PodCache::pod).toList();
    }

    Optional<Pod> ofPool(String namespace, String pool, String name) {
        return indexed(BY_POOL, key(namespace, pool))
                .filter(pod -> name.equals(pod.getMetadata().getName()))
                .findFirst();
    }

    boolean someoneUses(String namespace, String secret) {
        return indexed(BY_SECRET, key(namespace, secret)).findAny().isPresent();
    }

    /** The pods of a Broker, Terminating ones included, that have none of these Secrets, in words for people. */
    Stream<String> withoutAnyOf(String namespace, String broker, Set<String> secrets) {
        return ofBroker(namespace, broker, (pool, needed) -> needed.stream().noneMatch(secrets::contains));
    }

    /**
     * Some pods of a Broker, Terminating ones included, in words for people.
     *
     * @param which by the name of their pool and the Secrets that they need
     */
    Stream<String> ofBroker(String namespace, String broker, BiPredicate<String, Set<String>> which) {
        return indexed(BY_BROKER, key(namespace, broker))
                .filter(pod -> !hasEnded(pod))
                .filter(pod ->
                        which.test(servedPool(pod), secretsOf(pod.getSpec()).collect(Collectors.toSet())))
                .map(pod -> (pod.getMetadata().getDeletionTimestamp() == null ? "pod " : "Terminating pod ")
                        + pod.getMetadata().getName())
                .sorted();
    }

    /** Its own as a worker, or the one that it runs once beside. */
    private static String servedPool(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels.getOrDefault(Labels.POOL, labels.getOrDefault(Labels.SINGLETON_OF, ""));
    }

    private Stream<Pod> indexed(String index, String key) {
        return informers.stream().flatMap(informer -> informer.getIndexer().byIndex(index, key).stream());
    }

    /** Whether its worker may be working on something: a container that waits to start, or has ended, is not. */
    static Fleet.Pod pod(Pod pod) {
        return new Fleet.Pod(
                pod.getMetadata().getName(),
                statuses(pod).anyMatch(PodCache::isRunning),
                pod.getMetadata().getDeletionTimestamp() != null,
                life(pod),
                statuses(pod).anyMatch(PodCache::isCrashing),
                refusal(pod));
    }

    private static Fleet.Life life(Pod pod) {
        Optional<Instant> started = statuses(pod)
                .filter(PodCache::isRunning)
                .flatMap(status -> time(status.getState().getRunning().getStartedAt()).stream())
                .min(Instant::compareTo);
        return new Fleet.Life(
                time(pod.getMetadata().getCreationTimestamp()),
                started,
                // One that is ready since nobody knows when has been so since it began, at the earliest.
                ready(pod)
                        .flatMap(ready -> time(ready.getLastTransitionTime()).or(() -> started).stream())
                        .findFirst());
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Stream<PodCondition> ready(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).stream()
                .flatMap(List::stream)
                .filter(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getContainerStatuses).stream()
                .flatMap(List::stream)
                .filter(status -> status.getState() != null);
    }

    private static boolean hasEnded(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getPhase)
                .filter(ENDED::contains)
                .isPresent();
    }

    private static boolean isRunning(ContainerStatus status) {
        return status.getState().getRunning() != null;
    }

    private static boolean isCrashing(ContainerStatus status) {
        return Optional.ofNullable(status.getState().getWaiting())
                .filter(waiting -> "CrashLoopBackOff".equals(waiting.getReason()))
                .isPresent();
    }

    private static Optional<String> refusal(Pod pod) {
        return statuses(pod).flatMap(status -> refusal(status).stream()).findFirst();
    }

    /** As the kubelet says it of an image that would run as root, or may: "container has runAsNonRoot and image will run as root". */
    private static Optional<String> refusal(ContainerStatus status) {
        return Optional.ofNullable(status.getState().getWaiting())
                .filter(waiting -> "CreateContainerConfigError".equals(waiting.getReason()))
                .map(ContainerStateWaiting::getMessage)
                .filter(message -> message.contains("runAsNonRoot"));
    }

    private static List<String> poolOf(Pod pod) {
        return labelled(pod, Labels.POOL);
    }

    private static List<String> brokerOf(Pod pod) {
        return labelled(pod, Labels.BROKER);
    }

    private static List<String> labelled(Pod pod, String label) {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .map(labels -> labels.get(label))
                .map(name -> List.of(key(pod.getMetadata().getNamespace(), name)))
                .orElse(List.of());
    }

    private static List<String> secretsOf(Pod pod) {
        return secretsOf(pod.getSpec())
                .map(secret -> key(pod.getMetadata().getNamespace(), secret))
                .toList();
    }

    /** The names of the Secrets without which such a pod would not start. */
    static Stream<String> secretsOf(PodSpec spec) {
        Stream<String> mounted = spec.getVolumes().stream()
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .map(SecretVolumeSource::getSecretName);
        Stream<String> inEnvironment = spec.getContainers().stream()
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getValueFrom)
                .filter(from -> from != null && from.getSecretKeyRef() != null)
                .map(from -> from.getSecretKeyRef().getName());
        return Stream.concat(mounted, inEnvironment).distinct();
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
