package dev.workerpool.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Objects;

/** Bounds each address: the API server takes a rule over a list only where it can tell what the rule costs at most. */
public final class AddressList implements SchemaCustomizer.Customizer {
    private static final long LONGEST = 300;

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        Objects.requireNonNull(schema.getProperties().get("addresses"))
                .getItems()
                .getSchema()
                .setMaxLength(LONGEST);
        return schema;
    }
}
