package dev.workerpool.desired;

import dev.workerpool.api.Singleton;
import dev.workerpool.framework.ConnectionKeys;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The pod of a singleton: the pool's own with another command, a folder to write to, and nothing that is about being a worker. */
final class SingletonPod {
    static final String SCHEDULE_VOLUME = "workerpool-schedule";

    /** Kubernetes' own default. A scheduler has no jobs to finish: Celery's beat writes its schedule and ends at once. */
    private static final long GRACE_SECONDS = 30;

    private final PoolSettings settings;
    private final Proven proven;
    private final Singleton singleton;

    SingletonPod(PoolSettings settings, Proven proven, Singleton singleton) {
        this.settings = settings;
        this.proven = proven;
        this.singleton = singleton;
    }

    PodTemplateSpec template() {
        PodTemplateSpec author = Objects.requireNonNull(settings.spec().template());
        PodTemplateSpec commanded = withWorker(author, this::commanded);
        PodTemplateSpec given = withWorker(new WorkerPod(settings, proven, commanded).template(), this::withSchedule);
        boolean taken =
                author.getSpec().getVolumes().stream().anyMatch(volume -> SCHEDULE_VOLUME.equals(volume.getName()));
        return new PodTemplateSpecBuilder(given)
                .editMetadata()
                .removeFromLabels(Labels.POOL)
                .addToLabels(Labels.selector(settings.identity().name(), singleton.name()))
                .endMetadata()
                .editSpec()
                .withReadinessGates(List.of())
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .addAllToVolumes(taken ? List.of() : List.of(folder()))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec withWorker(PodTemplateSpec template, UnaryOperator<Container> change) {
        List<Container> containers = template.getSpec().getContainers();
        return new PodTemplateSpecBuilder(template)
                .editSpec()
                .withContainers(containers.stream()
                        .map(container ->
                                WorkerContainer.isWorker(container, containers) ? change.apply(container) : container)
                        .toList())
                .endSpec()
                .build();
    }

    /** Probes and hooks ask a worker what no scheduler answers; a worker's port is not to lead here. */
    private Container commanded(Container worker) {
        return new ContainerBuilder(worker)
                .withCommand(singleton.command())
                .withArgs(singleton.arguments())
                .withPorts(List.of())
                .withStartupProbe(null)
                .withLivenessProbe(null)
                .withReadinessProbe(null)
                .withLifecycle(null)
                .build();
    }

    private Container withSchedule(Container given) {
        List<String> args = Stream.concat(
                        singleton.arguments().stream(),
                        settings.framework().argumentsOfScheduler(singleton.words()).stream())
                .toList();
        boolean taken = given.getVolumeMounts().stream()
                .anyMatch(mount -> ConnectionKeys.SCHEDULE_DIR.equals(mount.getMountPath()));
        return new ContainerBuilder(given)
                .withArgs(args)
                .addAllToVolumeMounts(taken ? List.of() : List.of(mount()))
                .build();
    }

    private static VolumeMount mount() {
        return new VolumeMountBuilder()
                .withName(SCHEDULE_VOLUME)
                .withMountPath(ConnectionKeys.SCHEDULE_DIR)
                .build();
    }

    private static Volume folder() {
        return new VolumeBuilder()
                .withName(SCHEDULE_VOLUME)
                .withEmptyDir(new EmptyDirVolumeSource())
                .build();
    }
}
