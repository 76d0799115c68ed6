package dev.workerpool.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;

/** All fields of a schema, at any depth. */
final class SchemaFields {
    private final List<Field> fields = new ArrayList<>();

    private SchemaFields() {}

    /** @param path with [] for any item of a list and * for any key of a map */
    record Field(String path, JSONSchemaProps schema) {}

    static List<Field> below(JSONSchemaProps root) {
        SchemaFields found = new SchemaFields();
        found.descend(root, "");
        return found.fields;
    }

    private void descend(JSONSchemaProps schema, String path) {
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> {
                String full = path.isEmpty() ? name : path + "." + name;
                fields.add(new Field(full, field));
                descend(field, full);
            });
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            fields.add(new Field(path + "[]", schema.getItems().getSchema()));
            descend(schema.getItems().getSchema(), path + "[]");
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            fields.add(new Field(path + ".*", schema.getAdditionalProperties().getSchema()));
            descend(schema.getAdditionalProperties().getSchema(), path + ".*");
        }
    }
}
