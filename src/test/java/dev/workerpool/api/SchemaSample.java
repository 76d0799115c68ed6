package dev.workerpool.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** A value with every field that a schema has, each as large as the schema allows. */
final class SchemaSample {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SchemaSample() {}

    static JsonNode largest(JSONSchemaProps schema) {
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().getFirst();
        }
        if (schema.getXKubernetesIntOrString() != null) {
            return schema.getPattern() == null ? JSON.numberNode(Integer.MAX_VALUE) : JSON.textNode("-.5e-3");
        }
        return switch (schema.getType()) {
            case "object" -> object(schema);
            case "array" -> JSON.arrayNode().add(largest(schema.getItems().getSchema()));
            case "integer" ->
                JSON.numberNode(
                        schema.getMaximum() == null
                                ? Long.MAX_VALUE
                                : schema.getMaximum().longValue());
            case "boolean" -> JSON.booleanNode(true);
            default -> JSON.textNode("");
        };
    }

    private static ObjectNode object(JSONSchemaProps schema) {
        ObjectNode object = JSON.objectNode();
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> object.set(name, largest(field)));
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            object.set("", largest(schema.getAdditionalProperties().getSchema()));
        }
        if (schema.getXKubernetesPreserveUnknownFields() != null) {
            object.putArray("unknownToTheSchema").add(1).addNull().addObject().put("a", 1e300);
        }
        return object;
    }
}
