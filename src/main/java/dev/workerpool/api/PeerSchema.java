package dev.workerpool.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;

/**
 * The peers of a NetworkPolicy, as Kubernetes has them, and how many there may be. The input is the path of the list of peers, such as
 * {@code egress to}.
 */
public final class PeerSchema implements SchemaCustomizer.Customizer {
    /** Enough for anybody, and little enough for the API server to tell what a rule over them costs. */
    private static final long MOST_PEERS = 64;

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        JSONSchemaProps at = schema;
        for (String name : List.of(input.split(" ", -1))) {
            JSONSchemaProps list = Objects.requireNonNull(at.getProperties().get(name), name);
            list.setXKubernetesListType("atomic");
            if (list.getMaxItems() == null) {
                list.setMaxItems(MOST_PEERS);
            }
            at = Objects.requireNonNull(list.getItems().getSchema());
        }
        return schema;
    }
}
