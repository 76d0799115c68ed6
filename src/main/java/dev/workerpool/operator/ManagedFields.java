package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An object is created by POST and its replicas are patched, and both are owned as updates; but only what an
 * <em>apply</em> owns alone goes away when a later apply leaves it out. So before an apply all that is ours is made
 * one entry of that kind, as client-go's csaupgrade does.
 */
final class ManagedFields {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Ownership OWNERSHIP = new Ownership(Labels.OPERATOR);

    private final KubernetesClient client;

    ManagedFields(KubernetesClient client) {
        this.client = client;
    }

    /** Does nothing where no update of ours is recorded. Fails with a conflict where the object has changed since. */
    void takeOver(HasMetadata live) {
        List<ManagedFieldsEntry> entries = live.getMetadata().getManagedFields();
        if (entries.stream().noneMatch(entry -> isOurs(entry) && "Update".equals(entry.getOperation()))) {
            return;
        }
        try {
            client.resource(live)
                    .patch(PatchContext.of(PatchType.JSON), patch(live).toString());
        } catch (KubernetesClientException e) {
            throw e.getCode() == Applier.UNPROCESSABLE ? behind(e) : e;
        }
    }

    /** How a JSON patch is answered whose test fails. The object is not at fault: our cache is behind. */
    private static KubernetesClientException behind(KubernetesClientException testFailed) {
        KubernetesClientException conflict =
                new KubernetesClientException(testFailed.getMessage(), HTTP_CONFLICT, testFailed.getStatus());
        conflict.addSuppressed(testFailed);
        return conflict;
    }

    /** Others' entries are named by nothing but their places: of them only the managers are known here. */
    static ArrayNode patch(HasMetadata live) {
        List<ManagedFieldsEntry> entries = live.getMetadata().getManagedFields();
        List<Integer> ours = IntStream.range(0, entries.size())
                .filter(place -> isOurs(entries.get(place)))
                .boxed()
                .toList();
        ObjectNode merged = JSON.valueToTree(entries.get(ours.getFirst()));
        merged.put("operation", "Apply").set("fieldsV1", OWNERSHIP.owned(live));
        ArrayNode patch = JSON.createArrayNode();
        // First: where the places are others by now, nothing is changed.
        patch.addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", live.getMetadata().getResourceVersion());
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/managedFields/" + ours.getFirst())
                .set("value", merged);
        ours.stream()
                .skip(1)
                .sorted(Comparator.reverseOrder())
                .forEach(
                        place -> patch.addObject().put("op", "remove").put("path", "/metadata/managedFields/" + place));
        return patch;
    }

    private static boolean isOurs(ManagedFieldsEntry entry) {
        return Labels.OPERATOR.equals(entry.getManager()) && Ownership.isWhole(entry);
    }
}
