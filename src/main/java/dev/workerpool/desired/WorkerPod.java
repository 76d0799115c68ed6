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

    static final String TRUST_VOLUME = "workerpool-trust";
    static final String CONNECTION_VOLUME = "workerpool-connection";
    static final String IDENTITY_VOLUME = "workerpool-identity";
    static final String CODE_VOLUME = "workerpool-code";
    static final String SIGNING_VOLUME = "workerpool-signing";

    private final PoolSettings settings;
    private final Proven proven;
    private final PodTemplateSpec written;
    private final Work work;
    private final Launch launch;

    /** The framework's own command, where there is one. */
    private final List<String> known;

    private final Optional<String> code;

    WorkerPod(PoolSettings settings, Proven proven) {
        this(settings, proven, Objects.requireNonNull(settings.spec().template()));
    }

    /** @param written the template, where it is not quite what the pool's author wrote */
    WorkerPod(PoolSettings settings, Proven proven, PodTemplateSpec written) {
        this.settings = settings;
        this.proven = proven;
        this.written = written;
        this.code =
                proven.code().filter(secret -> !settings.framework().wrapper().isEmpty());
        Work plain = new Work(
                settings.queues(), settings.scaling().concurrency(), settings.drainTimeout(), proven.hasRoots());
        this.known = settings.framework().launch(plain).command();
        this.work = Injection.isPossible(settings.framework(), proven, wrappable()) ? plain.withCode() : plain;
        this.launch = settings.framework().launch(work);
    }

    PodTemplateSpec template() {
        List<Container> containers = written.getSpec().getContainers();
        return new PodTemplateSpecBuilder(written)
                .editOrNewMetadata()
                .addToLabels(Labels.ofPool(settings.identity().name(), settings.broker()))
                .endMetadata()
                .editSpec()
                .withServiceAccountName(serviceAccount(written))
                .withTerminationGracePeriodSeconds(
                        settings.drainTimeout().plus(AFTER_DRAINING).toSeconds())
                .withContainers(containers.stream()
                        .map(container ->
                                WorkerContainer.isWorker(container, containers) ? worker(container) : container)
                        .toList())
                .addAllToVolumes(volumes().stream()
                        .filter(ours -> written.getSpec().getVolumes().stream()
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
                .withCommand(wrapped(command))
                .withArgs(args)
                .withEnv(environment(author))
                .addAllToVolumeMounts(
                        mounts().stream().filter(ours -> !isTaken(ours, author)).toList())
                .build();
    }

    private List<String> wrapped(List<String> command) {
        return work.coded()
                ? Stream.concat(settings.framework().wrapper().stream(), command.stream())
                        .toList()
                : command;
    }

    /** The worker's command, for the mounted code to stand before. */
    List<String> wrappable() {
        return author().map(this::wrappable).orElse(List.of());
    }

    boolean isCoded() {
        return work.coded();
    }

    /** What the author set in the place of what the operator sets for the broker: variables, and paths of mounts. */
    List<String> setByAuthor() {
        return author().map(author -> Stream.concat(
                                Stream.concat(launch.variables().stream(), FileVariables.of(proven, code))
                                        .filter(Variable::isOfBroker)
                                        .map(Variable::name)
                                        .filter(names(author)::contains),
                                mounts().stream()
                                        .filter(ours -> isTaken(ours, author))
                                        .map(VolumeMount::getMountPath))
                        .toList())
                .orElse(List.of());
    }

    /** A variable that the author uses for something of the app's, so that workers are told of the broker by another alone. */
    Optional<String> keptBesideOurs() {
        return author().stream()
                .flatMap(author -> launch.variables().stream()
                        .filter(Variable.FromConnectionOrImage.class::isInstance)
                        .map(Variable::name)
                        .filter(names(author)::contains))
                .findFirst();
    }

    private static boolean isTaken(VolumeMount ours, Container author) {
        return author.getVolumeMounts().stream()
                .anyMatch(theirs -> ours.getMountPath().equals(theirs.getMountPath()));
    }

    private static Set<String> names(Container author) {
        return author.getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet());
    }

    private Optional<Container> author() {
        List<Container> containers = written.getSpec().getContainers();
        return containers.stream()
                .filter(container -> WorkerContainer.isWorker(container, containers))
                .findFirst();
    }

    /** Nothing where the image alone knows the command, and where the author sees to trust: whoever sets the code's variable. */
    private List<String> wrappable(Container author) {
        return author.getEnv().stream().anyMatch(variable -> ConnectionKeys.TRUST_VARIABLE.equals(variable.getName()))
                ? List.of()
                : command(author);
    }

    /** Arguments that name the program themselves are for the image's own entrypoint. */
    private List<String> command(Container author) {
        return author.getCommand().isEmpty() && !settings.framework().starts(author.getArgs())
                ? known
                : author.getCommand();
    }

    /** Ours first, so that the author's may refer to them; without those that the author sets. */
    private List<EnvVar> environment(Container author) {
        Set<String> names = names(author);
        return Stream.concat(
                        Stream.concat(launch.variables().stream(), FileVariables.of(proven, code))
                                .filter(variable -> !names.contains(variable.name()) && applies(variable, author))
                                .map(this::variable),
                        author.getEnv().stream())
                .toList();
    }

    private EnvVar variable(Variable variable) {
        EnvVarBuilder env = new EnvVarBuilder().withName(variable.name());
        return switch (variable) {
            case Variable.Literal literal -> env.withValue(literal.value()).build();
            case Variable.OfBroker setting -> env.withValue(setting.value()).build();
            case Variable.PodName podName -> fromPodName(env);
            case Variable.PodNameForHostName podName -> fromPodName(env);
            case Variable.FromConnection from -> fromConnection(env, from.key());
            case Variable.FromConnectionOrImage from -> fromConnection(env, from.key());
        };
    }

    private EnvVar fromConnection(EnvVarBuilder env, String key) {
        return env.withNewValueFrom()
                .withNewSecretKeyRef(key, proven.connectionSecret(), false)
                .endValueFrom()
                .build();
    }

    private static EnvVar fromPodName(EnvVarBuilder env) {
        return env.withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .build();
    }

    private boolean applies(Variable variable, Container author) {
        return switch (variable) {
            case Variable.PodNameForHostName podName -> hasAnotherHostName();
            case Variable.FromConnectionOrImage from -> !work.coded() || isReferredTo(from.name(), author);
            case Variable.Literal literal -> true;
            case Variable.OfBroker setting -> true;
            case Variable.PodName podName -> true;
            case Variable.FromConnection from -> true;
        };
    }

    private static boolean isReferredTo(String name, Container author) {
        return author.getEnv().stream()
                .map(EnvVar::getValue)
                .anyMatch(value -> value != null && value.contains("$(" + name + ")"));
    }

    private boolean hasAnotherHostName() {
        PodSpec pod = written.getSpec();
        return Boolean.TRUE.equals(pod.getHostNetwork())
                || Boolean.TRUE.equals(pod.getSetHostnameAsFQDN())
                || pod.getHostname() != null;
    }

    private List<VolumeMount> mounts() {
        return Stream.of(
                        Stream.of(mount(CONNECTION_VOLUME, ConnectionKeys.CONNECTION_DIR)),
                        proven.trustSecret().stream().map(secret -> mount(TRUST_VOLUME, ConnectionKeys.TRUST_DIR)),
                        proven.identity().stream().map(secret -> mount(IDENTITY_VOLUME, ConnectionKeys.IDENTITY_DIR)),
                        code.stream().map(secret -> mount(CODE_VOLUME, ConnectionKeys.CODE_DIR)),
                        proven.signing().stream().map(secret -> mount(SIGNING_VOLUME, ConnectionKeys.SIGNING_DIR)))
                .flatMap(mounts -> mounts)
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
        return Stream.of(
                        Stream.of(volume(CONNECTION_VOLUME, proven.connectionSecret())),
                        proven.trustSecret().stream().map(secret -> volume(TRUST_VOLUME, secret)),
                        proven.identity().stream().map(secret -> volume(IDENTITY_VOLUME, secret)),
                        code.stream().map(secret -> volume(CODE_VOLUME, secret)),
                        proven.signing().stream().map(secret -> volume(SIGNING_VOLUME, secret)))
                .flatMap(volumes -> volumes)
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
