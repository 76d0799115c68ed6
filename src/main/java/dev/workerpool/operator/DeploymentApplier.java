package dev.workerpool.operator;

import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings a pool's Deployment to what it should be. While what people wrote and what was proven is the same, the live
 * pod template stays, whatever this version of the operator would render: a new operator restarts nobody.
 */
final class DeploymentApplier {
    private final KubernetesClient client;
    private final Applier applier;
    private final InformerEventSource<Deployment, ?> cache;

    DeploymentApplier(KubernetesClient client, Applier applier, InformerEventSource<Deployment, ?> cache) {
        this.client = client;
        this.applier = applier;
        this.cache = cache;
    }

    Applier applier() {
        return applier;
    }

    /**
     * Applies the template, where it differs, at the present size, and then changes the size.
     *
     * @param seen the size that the one desired was decided from
     * @param beforeScaling told of the live Deployment just before its replicas are changed
     */
    Applied<Deployment> ensure(Deployment desired, int seen, Consumer<Deployment> beforeScaling) {
        SizePatch step = new SizePatch(seen, desired.getSpec().getReplicas());
        Applied<Deployment> applied = applier.bring(atPresentSize(desired), cache, live -> differs(desired, live));
        return applied instanceof Applied.Present<Deployment> present
                ? new Applied.Present<>(resize(present.live(), step, beforeScaling))
                : applied;
    }

    /**
     * Changes the size alone, of a Deployment that is the pool's own. Where it is no longer what was seen nothing is changed:
     * whatever has come since wakes the reconciler, which decides anew.
     */
    Deployment resize(Deployment live, SizePatch step, Consumer<Deployment> beforeScaling) {
        if (!step.isDue(live)) {
            return live;
        }
        beforeScaling.accept(live);
        return scale(live, step);
    }

    /** A Deployment that is there keeps its size in an apply, which must state one. */
    private Deployment atPresentSize(Deployment desired) {
        Optional<Integer> present = cache.get(ResourceID.fromResource(desired))
                .map(live -> live.getSpec().getReplicas());
        return present.map(size -> new DeploymentBuilder(desired)
                        .editSpec()
                        .withReplicas(size)
                        .endSpec()
                        .build())
                .orElse(desired);
    }

    private boolean differs(Deployment desired, Deployment live) {
        return !annotation(desired, Labels.URL_VARIABLE).equals(urlVariable(desired, live))
                || applier.isOutdated(desired, live);
    }

    /** Where an earlier operator did not note it, the template tells. */
    private static Optional<String> urlVariable(Deployment desired, Deployment live) {
        return annotation(live, Labels.URL_VARIABLE)
                .or(() -> annotation(desired, Labels.URL_VARIABLE)
                        .filter(name -> live.getSpec().getTemplate().getSpec().getContainers().stream()
                                .anyMatch(container -> container.getEnv().stream()
                                        .anyMatch(variable -> name.equals(variable.getName())))));
    }

    /** A small patch of its own: an apply would have to state the whole template again. */
    private Deployment scale(Deployment live, SizePatch step) {
        Deployment scaled = client.resource(live)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(Labels.OPERATOR)
                                .build(),
                        step.json());
        cache.handleRecentResourceUpdate(ResourceID.fromResource(live), scaled, live);
        return scaled;
    }

    private static Optional<String> annotation(Deployment deployment, String name) {
        return Optional.ofNullable(deployment.getMetadata().getAnnotations())
                .map((Map<String, String> annotations) -> annotations.get(name));
    }
}
