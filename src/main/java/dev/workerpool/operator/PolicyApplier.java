package dev.workerpool.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a NetworkPolicy to exactly what it should be. A rule that somebody adds is no field of ours that was lost, and opens what the policy
 * shuts: so its spec is compared as it is, and replaced as a whole.
 */
final class PolicyApplier {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final Applier applier;

    PolicyApplier(Applier applier) {
        this.client = applier.client();
        this.applier = applier;
    }

    Applied<NetworkPolicy> ensure(NetworkPolicy desired, InformerEventSource<NetworkPolicy, ?> cache) {
        Applied<NetworkPolicy> applied = applier.ensure(desired, cache);
        return applied instanceof Applied.Present<NetworkPolicy> present
                        && !present.live().getSpec().equals(desired.getSpec())
                ? new Applied.Present<>(replaced(desired, present.live(), cache))
                : applied;
    }

    /** The owner's own of that name, gone. */
    void remove(Optional<NetworkPolicy> live, String ownerUid) {
        live.filter(policy ->
                        policy.getMetadata().getDeletionTimestamp() == null && policy.hasOwnerReferenceFor(ownerUid))
                .ifPresent(policy -> client.resource(policy).delete());
    }

    private NetworkPolicy replaced(
            NetworkPolicy desired, NetworkPolicy live, InformerEventSource<NetworkPolicy, ?> cache) {
        Object replace = Map.of("op", "replace", "path", "/spec", "value", desired.getSpec());
        NetworkPolicy now = client.resource(live)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(Labels.OPERATOR)
                                .build(),
                        JSON.valueToTree(List.of(replace)).toString());
        cache.handleRecentResourceUpdate(ResourceID.fromResource(live), now, live);
        return now;
    }
}
