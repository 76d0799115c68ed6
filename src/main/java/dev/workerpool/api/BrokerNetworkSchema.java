package dev.workerpool.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Objects;

/** Bounds of what stands in the lists of a broker's network. */
public final class BrokerNetworkSchema implements SchemaCustomizer.Customizer {
    private static final double LAST_PORT = 65535;

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        JSONSchemaProps port = items(schema, "ports");
        port.setMinimum(1.0);
        port.setMaximum(LAST_PORT);
        items(schema, "addresses").setMaxLength(50L);
        return new PeerSchema().apply(schema, "from", serialization);
    }

    private static JSONSchemaProps items(JSONSchemaProps schema, String list) {
        JSONSchemaProps found = Objects.requireNonNull(schema.getProperties().get(list), list);
        found.setXKubernetesListType("atomic");
        return Objects.requireNonNull(found.getItems().getSchema());
    }
}
