package dev.workerpool.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;

/**
 * Bounds each text of a list: the API server takes a rule over a list only where it can tell what the rule costs at most. The input is the
 * list's name and the most characters, such as {@code addresses 300}.
 */
public final class BoundedTexts implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        List<String> words = List.of(input.split(" ", -1));
        Objects.requireNonNull(schema.getProperties().get(words.getFirst()))
                .getItems()
                .getSchema()
                .setMaxLength(Long.valueOf(words.getLast()));
        return schema;
    }
}
