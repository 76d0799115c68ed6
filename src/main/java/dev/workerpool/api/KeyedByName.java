package dev.workerpool.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;

/** Several people may each apply items of their own to the list that the input names; no two items have one name. */
public final class KeyedByName implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        JSONSchemaProps list = Objects.requireNonNull(schema.getProperties().get(input));
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of("name"));
        return schema;
    }
}
