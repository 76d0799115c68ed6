package dev.workerpool.desired;

import dev.workerpool.framework.ConnectionKeys;
import dev.workerpool.framework.Launch;
import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Work;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pod template: what the author wrote, with what the worker needs beside it. What the author set by hand wins. */
final class WorkerPod {
    /** The kubelet's SIGKILL comes so much later than the last moment a worker may still be draining. */
    private static final Duration AFTER_DRAINING = Duration.ofSeconds(10);

    private static final String TRUST_VOLUME = "workerpool-trust";
    private static final String CONNECTION_VOLUME = "workerpool-connection";

    private final PoolSettings settings;
    private final Proven proven;
    private final Work work;
    private final Launch launch;

    WorkerPod(PoolSettings settings, Proven proven) {
        this.settings = settings;
        this.proven = proven;
        this.work = new Work(
                settings.queues(),
                settings.scaling().concurrency(),
                settings.drainTimeout(),
                proven.trustSecret().isPresent());
        this.launch = settings.framework().launch(work);
    }

    PodTemplateSpec template() {
        PodTemplateSpec author = Objects.requireNonNull(settings.spec().template());
        List<Container> containers = author.getSpec().getContainers();
        return new PodTemplateSpecBuilder(author)
                .editOrNewMetadata()
                .addToLabels(Labels.ofPool(settings.identity().name(), settings.broker()))
                .endMetadata()
                .editSpec()
                .withServiceAccountName(serviceAccount(author))
                .withTerminationGracePeriodSeconds(
                        settings.drainTimeout().plus(AFTER_DRAINING).toSeconds())
                .withContainers(containers.stream()
                        .map(container ->
                                WorkerContainer.isWorker(container, containers) ? worker(container) : container)
                        .toList())
                .addAllToVolumes(volumes().stream()
                        .filter(ours -> author.getSpec().getVolumes().stream()
                                .noneMatch(theirs -> ours.getName().equals(theirs.getName())))
                        .toList())
                .endSpec()
                .build();
    }

    private String serviceAccount(PodTemplateSpec author) {
        return accountNamedIn(author).orElse(settings.identity().name());
    }

    /** By the field's older name too, which the API server still takes. */
    static Optional<String> accountNamedIn(PodTemplateSpec author) {
        return Optional.ofNullable(author.getSpec().getServiceAccountName())
                .or(() -> Optional.ofNullable(author.getSpec().getServiceAccount()))
                .filter(name -> !name.isEmpty());
    }

    private Container worker(Container author) {
        List<String> command = command(author);
        List<String> words =
                Stream.concat(command.stream(), author.getArgs().stream()).toList();
        List<String> args = new ArrayList<>(author.getArgs());
        args.addAll(settings.framework().arguments(work, words));
        return new ContainerBuilder(author)
                .withCommand(command)
                .withArgs(args)
                .withEnv(environment(author.getEnv()))
                .addAllToVolumeMounts(mounts().stream()
                        .filter(ours -> author.getVolumeMounts().stream()
                                .noneMatch(theirs -> ours.getMountPath().equals(theirs.getMountPath())))
                        .toList())
                .build();
    }

    /** Arguments that name the program themselves are for the image's own entrypoint. */
    private List<String> command(Container author) {
        return author.getCommand().isEmpty() && !settings.framework().starts(author.getArgs())
                ? launch.command()
                : author.getCommand();
    }

    /** Ours first, so that the author's may refer to them; without those that the author sets. */
    private List<EnvVar> environment(List<EnvVar> author) {
        Set<String> names = author.stream().map(EnvVar::getName).collect(Collectors.toSet());
        return Stream.concat(
                        launch.variables().stream()
                                .filter(variable -> !names.contains(variable.name()) && applies(variable))
                                .map(this::variable),
                        author.stream())
                .toList();
    }

    private EnvVar variable(Variable variable) {
        EnvVarBuilder env = new EnvVarBuilder().withName(variable.name());
        return switch (variable) {
            case Variable.Literal literal -> env.withValue(literal.value()).build();
            case Variable.PodName podName -> fromPodName(env);
            case Variable.PodNameForHostName podName -> fromPodName(env);
            case Variable.FromConnection from ->
                env.withNewValueFrom()
                        .withNewSecretKeyRef(from.key(), proven.connectionSecret(), false)
                        .endValueFrom()
                        .build();
        };
    }

    private static EnvVar fromPodName(EnvVarBuilder env) {
        return env.withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .build();
    }

    private boolean applies(Variable variable) {
        return !(variable instanceof Variable.PodNameForHostName) || hasAnotherHostName();
    }

    private boolean hasAnotherHostName() {
        PodSpec pod = Objects.requireNonNull(settings.spec().template()).getSpec();
        return Boolean.TRUE.equals(pod.getHostNetwork())
                || Boolean.TRUE.equals(pod.getSetHostnameAsFQDN())
                || pod.getHostname() != null;
    }

    private List<VolumeMount> mounts() {
        return Stream.concat(
                        Stream.of(mount(CONNECTION_VOLUME, ConnectionKeys.CONNECTION_DIR)),
                        proven.trustSecret().stream().map(secret -> mount(TRUST_VOLUME, ConnectionKeys.TRUST_DIR)))
                .toList();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }

    private List<Volume> volumes() {
        return Stream.concat(
                        Stream.of(volume(CONNECTION_VOLUME, proven.connectionSecret())),
                        proven.trustSecret().stream().map(secret -> volume(TRUST_VOLUME, secret)))
                .toList();
    }

    private static Volume volume(String name, String secret) {
        return new VolumeBuilder()
                .withName(name)
                .withNewSecret()
                .withSecretName(secret)
                .endSecret()
                .build();
    }
}
