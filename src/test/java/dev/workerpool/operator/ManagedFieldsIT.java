package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.desired.Labels;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RealControlPlane
class ManagedFieldsIT {
    private static final PatchContext OURS = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(Labels.OPERATOR)
            .build();

    @Test
    void what_is_ours_becomes_an_apply(KubernetesClient client, TestNamespace namespace) {
        ConfigMap live = updated(client, namespace, "1");
        new ManagedFields(client).takeOver(live);
        assertEquals(List.of("Apply"), operations(client.resource(live).get()));
    }

    /** A refusal would be said of the object, which is not at fault. */
    @Test
    void of_an_object_that_has_changed_meanwhile_it_says_so(KubernetesClient client, TestNamespace namespace) {
        ConfigMap before = updated(client, namespace, "1");
        updated(client, namespace, "2");
        ManagedFields fields = new ManagedFields(client);
        KubernetesClientException behind = assertThrows(KubernetesClientException.class, () -> fields.takeOver(before));
        assertEquals(HTTP_CONFLICT, behind.getCode());
        ConfigMap now = client.resource(before).get();
        assertEquals("2", now.getData().get("a"));
        assertTrue(operations(now).contains("Update"));
    }

    private static ConfigMap updated(KubernetesClient client, TestNamespace namespace, String value) {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace.name())
                .withName("ours")
                .endMetadata()
                // Of an object that nobody owns anything of, the API server keeps no entries before it is applied.
                .withData(Map.of("b", "1"))
                .build();
        if (client.resource(map).get() == null) {
            client.resource(map).create();
        }
        return client.resource(map).patch(OURS, "{\"data\": {\"a\": \"%s\"}}".formatted(value));
    }

    private static List<String> operations(ConfigMap live) {
        return live.getMetadata().getManagedFields().stream()
                .filter(entry -> Labels.OPERATOR.equals(entry.getManager()))
                .map(ManagedFieldsEntry::getOperation)
                .toList();
    }
}
