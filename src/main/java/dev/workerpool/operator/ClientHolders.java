package dev.workerpool.operator;

import dev.workerpool.framework.ConnectionKeys;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who runs with what a Secret held before it was changed in place. Asked only while somebody may: other people's pods are not watched, but
 * listed then, in the one namespace. A process reads its variables once, and keeps the connection it has when its files change.
 */
final class ClientHolders {
    private static final long PAGE = 500;
    private static final String ALIVE = "status.phase!=Succeeded,status.phase!=Failed";

    /** A container that starts again in a pod that is there already may find its files as they were for so long. */
    private static final Duration FILES_FOLLOW = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final InstantSource clock;

    ClientHolders(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * By Secret, the workloads of which a container was started before or when it changed, such as {@code Deployment/web}; Terminating pods
     * included.
     *
     * @param changed when, by the Secret's name
     */
    Map<String, List<String>> of(String namespace, Map<String, Instant> changed) {
        return of(namespace, changed, (pod, secret) -> false);
    }

    /** The same, and those of which a container reads the Secret without being told to sign messages by it. */
    Map<String, List<String>> orUnsigned(String namespace, Map<String, Instant> changed) {
        return of(namespace, changed, ClientHolders::isUnsigned);
    }

    private Map<String, List<String>> of(
            String namespace, Map<String, Instant> changed, BiPredicate<Pod, String> anyway) {
        Map<String, Set<String>> found = new TreeMap<>();
        Instant now = clock.instant();
        eachPod(
                namespace,
                pod -> changed.forEach((secret, at) -> {
                    if (holds(pod, secret, at, now) || anyway.test(pod, secret)) {
                        found.computeIfAbsent(secret, ignored -> new TreeSet<>())
                                .add(workload(pod));
                    }
                }));
        return found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    /** Whether a pod, or a Deployment that may have none now, names the Secret. */
    boolean someoneNames(String namespace, String secret) {
        AtomicBoolean named = new AtomicBoolean();
        eachPod(namespace, pod -> named.compareAndSet(false, names(pod.getSpec(), secret)));
        return named.get()
                || client.apps().deployments().inNamespace(namespace).list().getItems().stream()
                        .anyMatch(deployment ->
                                names(deployment.getSpec().getTemplate().getSpec(), secret));
    }

    private void eachPod(String namespace, Consumer<Pod> seen) {
        String next = null;
        do {
            PodList page = client.pods()
                    .inNamespace(namespace)
                    .list(new ListOptionsBuilder()
                            .withFieldSelector(ALIVE)
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().forEach(seen);
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }

    static boolean holds(Pod pod, String secret, Instant changed, Instant now) {
        Set<String> readers = containers(pod.getSpec())
                .filter(container -> names(pod.getSpec(), container, secret))
                .map(Container::getName)
                .collect(Collectors.toSet());
        List<ContainerStatus> told = statuses(pod)
                .filter(status -> readers.contains(status.getName()))
                .toList();
        return !readers.isEmpty()
                && (mayStartWithFormer(pod, told, changed, now)
                        || told.stream()
                                .anyMatch(status -> startedBy(
                                        status, changed, isOlder(pod, changed) ? FILES_FOLLOW : Duration.ZERO)));
    }

    static boolean isUnsigned(Pod pod, String secret) {
        return containers(pod.getSpec())
                .filter(container -> names(pod.getSpec(), container, secret))
                .anyMatch(container -> container.getEnv().stream()
                        .noneMatch(variable -> ConnectionKeys.SIGNING_VARIABLE.equals(variable.getName())));
    }

    /** One that has its files already, and no container yet that goes by them. */
    private static boolean mayStartWithFormer(Pod pod, List<ContainerStatus> told, Instant changed, Instant now) {
        return pod.getSpec().getNodeName() != null
                && isOlder(pod, changed)
                && now.minus(FILES_FOLLOW).isBefore(changed)
                && (told.isEmpty() || told.stream().anyMatch(status -> !isRunning(status)));
    }

    private static boolean isOlder(Pod pod, Instant time) {
        return Optional.ofNullable(pod.getMetadata().getCreationTimestamp())
                .filter(created -> !Instant.parse(created).isAfter(time))
                .isPresent();
    }

    /** Its start is told in whole seconds. */
    private static boolean startedBy(ContainerStatus status, Instant time, Duration later) {
        return isRunning(status)
                && !Instant.parse(status.getState().getRunning().getStartedAt())
                        .minus(later)
                        .isAfter(time);
    }

    private static boolean isRunning(ContainerStatus status) {
        return status.getState() != null && status.getState().getRunning() != null;
    }

    private static boolean names(PodSpec pod, String secret) {
        return containers(pod).anyMatch(container -> names(pod, container, secret));
    }

    private static boolean names(PodSpec pod, Container container, String secret) {
        Set<String> volumes = pod.getVolumes().stream()
                .filter(volume -> secretsOf(volume).anyMatch(secret::equals))
                .map(Volume::getName)
                .collect(Collectors.toSet());
        return container.getVolumeMounts().stream().anyMatch(mount -> volumes.contains(mount.getName()))
                || container.getEnvFrom().stream()
                        .anyMatch(from -> from.getSecretRef() != null
                                && secret.equals(from.getSecretRef().getName()))
                || container.getEnv().stream()
                        .anyMatch(variable -> variable.getValueFrom() != null
                                && variable.getValueFrom().getSecretKeyRef() != null
                                && secret.equals(variable.getValueFrom()
                                        .getSecretKeyRef()
                                        .getName()));
    }

    private static Stream<String> secretsOf(Volume volume) {
        Stream<String> own = Optional.ofNullable(volume.getSecret()).map(it -> it.getSecretName()).stream();
        Stream<String> projected = Optional.ofNullable(volume.getProjected()).stream()
                .flatMap(all -> all.getSources().stream())
                .flatMap(source -> Optional.ofNullable(source.getSecret()).stream())
                .map(it -> it.getName());
        return Stream.concat(own, projected);
    }

    private static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        Optional<PodStatus> status = Optional.ofNullable(pod.getStatus());
        return Stream.of(status.map(PodStatus::getInitContainerStatuses), status.map(PodStatus::getContainerStatuses))
                .flatMap(Optional::stream)
                .flatMap(Collection::stream);
    }

    /** A Deployment's pods are a ReplicaSet's, whose name is the Deployment's with the hash of the template. */
    static String workload(Pod pod) {
        Optional<OwnerReference> owner = pod.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst();
        if (owner.isEmpty()) {
            return "Pod/" + pod.getMetadata().getName();
        }
        String kind = owner.get().getKind();
        String name = owner.get().getName();
        String hash = "-" + label(pod, "pod-template-hash");
        return "ReplicaSet".equals(kind) && name.endsWith(hash)
                ? "Deployment/" + name.substring(0, name.length() - hash.length())
                : kind + "/" + name;
    }

    private static @Nullable String label(Pod pod, String name) {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .map(labels -> labels.get(name))
                .orElse(null);
    }
}
