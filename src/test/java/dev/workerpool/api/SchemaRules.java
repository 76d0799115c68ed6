package dev.workerpool.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that a CRD refuses in the part that people write. */
final class SchemaRules {
    /** Bounds that every number of the pod template has, because the operator's types have them. */
    static final String ANY_NUMBER = "any number";

    static final String ANY_QUANTITY = "any quantity";

    private final Set<SchemaRule> rules = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));

    private SchemaRules() {}

    static Set<SchemaRule> of(CustomResourceDefinition crd) {
        JSONSchemaProps root = schema(crd);
        SchemaRules found = new SchemaRules();
        found.addRules(root, "");
        found.add("", "required", root.getRequired());
        found.walk(Objects.requireNonNull(root.getProperties().get("spec")), "spec");
        return found.rules;
    }

    static JSONSchemaProps schema(CustomResourceDefinition crd) {
        return crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    private void walk(JSONSchemaProps schema, String path) {
        addRules(schema, path);
        add(path, "required", schema.getRequired());
        add(path, "minLength", schema.getMinLength());
        add(path, "maxLength", schema.getMaxLength());
        add(path, "minItems", schema.getMinItems());
        add(path, "maxItems", schema.getMaxItems());
        addBound(path, "minimum", schema.getMinimum());
        addBound(path, "maximum", schema.getMaximum());
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            rules.add(new SchemaRule(path, "one of " + values(schema.getEnum())));
        }
        if (schema.getPattern() != null) {
            rules.add(new SchemaRule(schema.getXKubernetesIntOrString() == null ? path : ANY_QUANTITY, "pattern"));
        }
        if (schema.getXKubernetesListMapKeys() != null) {
            schema.getXKubernetesListMapKeys().forEach(key -> rules.add(new SchemaRule(path, "unique " + key)));
        }
        descend(schema, path);
    }

    private void descend(JSONSchemaProps schema, String path) {
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> walk(property, path + "." + name));
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            walk(schema.getItems().getSchema(), path + "[]");
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            walk(schema.getAdditionalProperties().getSchema(), path + ".*");
        }
    }

    private void addRules(JSONSchemaProps schema, String path) {
        for (ValidationRule rule : schema.getXKubernetesValidations()) {
            String field = rule.getFieldPath() == null ? path : path + rule.getFieldPath();
            rules.add(new SchemaRule(field.replaceFirst("^\\.", ""), rule.getMessage()));
        }
    }

    private void add(String path, String constraint, @Nullable List<String> fields) {
        if (fields != null) {
            fields.forEach(
                    field -> rules.add(new SchemaRule((path + "." + field).replaceFirst("^\\.", ""), constraint)));
        }
    }

    private void add(String path, String constraint, @Nullable Long value) {
        if (value != null) {
            rules.add(new SchemaRule(path, constraint + " " + value));
        }
    }

    private void addBound(String path, String constraint, @Nullable Double value) {
        if (value != null) {
            boolean ofTheType = value == Integer.MIN_VALUE || value == Integer.MAX_VALUE;
            rules.add(new SchemaRule(ofTheType ? ANY_NUMBER : path, constraint + " " + value.longValue()));
        }
    }

    private static String values(List<JsonNode> values) {
        return values.stream().map(JsonNode::asText).collect(Collectors.joining(", "));
    }
}
