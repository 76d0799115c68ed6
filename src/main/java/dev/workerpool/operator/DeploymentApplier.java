package dev.workerpool.operator;

import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

    Applied<Deployment> ensure(Deployment desired) {
        Applied<Deployment> applied = applier.bring(desired, cache, live -> differs(desired, live));
        if (!(applied instanceof Applied.Present<Deployment> present)) {
            return applied;
        }
        Integer replicas = desired.getSpec().getReplicas();
        return Objects.equals(present.live().getSpec().getReplicas(), replicas)
                ? applied
                : new Applied.Present<>(scale(present.live(), replicas));
    }

    private boolean differs(Deployment desired, Deployment live) {
        if (!annotation(desired, Labels.INPUTS).equals(annotation(live, Labels.INPUTS))) {
            return true;
        }
        boolean sameRendering = annotation(desired, Labels.RENDERED).equals(annotation(live, Labels.RENDERED));
        return sameRendering && applier.differs(desired, live);
    }

    /** A small patch of its own: an apply would have to state the whole template again. */
    private Deployment scale(Deployment live, int replicas) {
        Deployment scaled = client.resource(live)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Labels.OPERATOR)
                                .build(),
                        "{\"spec\":{\"replicas\":" + replicas + "}}");
        cache.handleRecentResourceUpdate(ResourceID.fromResource(live), scaled, live);
        return scaled;
    }

    private static Optional<String> annotation(Deployment deployment, String name) {
        return Optional.ofNullable(deployment.getMetadata().getAnnotations())
                .map((Map<String, String> annotations) -> annotations.get(name));
    }
}
