package dev.workerpool.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/**
 * An object is created by POST and its replicas are patched, and both are owned as updates; but only what an
 * <em>apply</em> owns alone goes away when a later apply leaves it out. So before an apply all that is ours is made
 * one entry of that kind, as client-go's csaupgrade does.
 */
final class ManagedFields {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final Ownership ownership = new Ownership(Labels.OPERATOR);

    ManagedFields(KubernetesClient client) {
        this.client = client;
    }

    /** Does nothing where no update of ours is recorded. Fails with a conflict where the object has changed since. */
    void takeOver(HasMetadata live) {
        List<ManagedFieldsEntry> entries = live.getMetadata().getManagedFields();
        if (entries.stream().noneMatch(entry -> isOurs(entry) && "Update".equals(entry.getOperation()))) {
            return;
        }
        ArrayNode kept = JSON.createArrayNode();
        entries.stream()
                .filter(entry -> !isOurs(entry))
                .forEach(entry -> kept.add(JSON.<ObjectNode>valueToTree(entry)));
        ManagedFieldsEntry ours =
                entries.stream().filter(ManagedFields::isOurs).findFirst().orElseThrow();
        ObjectNode merged = JSON.valueToTree(ours);
        merged.put("operation", "Apply").set("fieldsV1", ownership.owned(live));
        kept.add(merged);
        ArrayNode patch = JSON.createArrayNode();
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/managedFields")
                .set("value", kept);
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/resourceVersion")
                .put("value", live.getMetadata().getResourceVersion());
        client.resource(live).patch(PatchContext.of(PatchType.JSON), patch.toString());
    }

    private static boolean isOurs(ManagedFieldsEntry entry) {
        return Labels.OPERATOR.equals(entry.getManager()) && Ownership.isWhole(entry);
    }
}
