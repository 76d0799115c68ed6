package dev.workerpool.desired;

import static java.util.Objects.requireNonNullElse;

import dev.workerpool.api.BullMq;
import dev.workerpool.api.Custom;
import dev.workerpool.api.Resque;
import dev.workerpool.api.Rq;
import dev.workerpool.api.Sidekiq;
import dev.workerpool.api.WorkerPoolSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a pool that runs its own workers consists of. */
public final class PoolObjects {
    private PoolObjects() {}

    /** The pods' own account, without a token; none where the template names one. */
    public static Optional<ServiceAccount> serviceAccount(PoolSettings settings) {
        var template = Objects.requireNonNull(settings.spec().template());
        if (WorkerPod.accountNamedIn(template).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(stamped(new ServiceAccountBuilder()
                .withMetadata(metadata(settings))
                .withAutomountServiceAccountToken(false)
                .build()));
    }

    /** One pod at a time: with one replica this allows its eviction, and a pod that is not well never blocks a drain. */
    public static PodDisruptionBudget disruptionBudget(PoolSettings settings) {
        return stamped(new PodDisruptionBudgetBuilder()
                .withMetadata(metadata(settings))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .addToMatchLabels(Labels.selector(settings.identity().name()))
                .endSelector()
                .endSpec()
                .build());
    }

    /** The Deployment, which always states its replicas: an owned field that is left out would fall back to 1. */
    public static Deployment deployment(PoolSettings settings, Proven proven, int replicas) {
        return deployment(settings, proven, PodSecurity.RESTRICTED, replicas);
    }

    /** The same, with its pods as they were made before, or restricted. */
    public static Deployment deployment(PoolSettings settings, Proven proven, PodSecurity security, int replicas) {
        PodTemplateSpec template = new WorkerPod(settings, proven).template();
        Deployment rendered = new DeploymentBuilder()
                .withMetadata(metadata(settings))
                .withNewSpec()
                .withSelector(new LabelSelectorBuilder()
                        .addToMatchLabels(Labels.selector(settings.identity().name()))
                        .build())
                .withStrategy(settings.spec().strategy())
                .withMinReadySeconds(settings.spec().minReadySeconds())
                .withProgressDeadlineSeconds(settings.spec().progressDeadlineSeconds())
                .withTemplate(security == PodSecurity.RESTRICTED ? Restriction.of(template) : template)
                .endSpec()
                .build();
        return new DeploymentBuilder(stamped(rendered))
                .editMetadata()
                .addToAnnotations(Labels.INPUTS, inputs(settings, proven))
                .addToAnnotations(urlVariable(settings.spec()))
                .addToAnnotations(
                        security == PodSecurity.RESTRICTED ? Map.of(Labels.POD_SECURITY, security.label()) : Map.of())
                .endMetadata()
                .editSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }

    /** Beside the inputs, which were recorded without it before. */
    private static Map<String, String> urlVariable(WorkerPoolSpec spec) {
        return Stream.of(
                        Optional.ofNullable(spec.sidekiq()).map(Sidekiq::urlVariable),
                        Optional.ofNullable(spec.rq()).map(Rq::urlVariable),
                        Optional.ofNullable(spec.bullmq()).map(BullMq::urlVariable),
                        Optional.ofNullable(spec.resque()).map(Resque::urlVariable),
                        Optional.ofNullable(spec.custom()).map(Custom::urlVariable))
                .flatMap(Optional::stream)
                .findFirst()
                .map(name -> Map.of(Labels.URL_VARIABLE, name))
                .orElse(Map.of());
    }

    /** What people and proofs put into the template; while it is the same, a newer operator restarts nobody. */
    static String inputs(PoolSettings settings, Proven proven) {
        var spec = settings.spec();
        return Fingerprint.of(Arrays.asList(
                spec.framework(),
                spec.celery(),
                spec.queues(),
                settings.scaling().concurrency(),
                settings.drainTimeout().toString(),
                spec.template(),
                spec.strategy(),
                spec.minReadySeconds(),
                spec.progressDeadlineSeconds(),
                proven.connectionSecret(),
                proven.trustSecret().orElse("")
                        + proven.code().map(name -> "+" + name).orElse("")
                        + proven.identity().map(name -> "+" + name).orElse("")
                        + proven.signing().map(name -> "+" + name).orElse("")));
    }

    /** Says on the object what was rendered, so that a later reconcile can tell whether that has changed. */
    static <T extends HasMetadata> T stamped(T rendered) {
        String fingerprint = Fingerprint.of(rendered);
        Map<String, String> annotations =
                new TreeMap<>(requireNonNullElse(rendered.getMetadata().getAnnotations(), Map.of()));
        annotations.put(Labels.RENDERED, fingerprint);
        rendered.getMetadata().setAnnotations(annotations);
        return rendered;
    }

    static ObjectMeta metadata(PoolSettings settings) {
        PoolIdentity identity = settings.identity();
        return new ObjectMetaBuilder()
                .withNamespace(identity.namespace())
                .withName(identity.name())
                .withLabels(Labels.ofPool(identity.name(), settings.broker()))
                .withOwnerReferences(identity.owner())
                .build();
    }
}
