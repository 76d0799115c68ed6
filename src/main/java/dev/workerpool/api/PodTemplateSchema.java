package dev.workerpool.api;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.List;
import java.util.Objects;

/** The embedded pod template: as much of a Deployment's own rules as needs no copy of Kubernetes' validation. */
final class PodTemplateSchema {
    private PodTemplateSchema() {}

    static void refine(JSONSchemaProps template) {
        template.setRequired(List.of("spec"));
        JSONSchemaProps spec = property(template, "spec");
        spec.setRequired(List.of("containers"));
        property(spec, "containers").setMinItems(1L);
        byName(property(spec, "containers")).setRequired(List.of("image", "name"));
        byName(property(spec, "initContainers")).setRequired(List.of("image", "name"));
        byName(property(spec, "volumes")).setRequired(List.of("name"));
        property(spec, "restartPolicy").setEnum(List.of(TextNode.valueOf("Always")));
        spec.setXKubernetesValidations(List.of(new ValidationRuleBuilder()
                .withRule("!has(self.terminationGracePeriodSeconds)")
                .withMessage("leave it out and set drainTimeout: the grace period is 10 s more than that")
                .withFieldPath(".terminationGracePeriodSeconds")
                .build()));
        // What kubectl's own generators write: kubectl create deployment --dry-run=client -o yaml.
        property(property(template, "metadata"), "creationTimestamp").setNullable(true);
        keepNewerFields(template);
    }

    private static JSONSchemaProps byName(JSONSchemaProps list) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of("name"));
        return list.getItems().getSchema();
    }

    private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }

    /**
     * Keeps, at every level, fields that a newer Kubernetes has and this schema does not: a structural schema
     * prunes unknown fields of each object that does not say otherwise itself.
     */
    private static void keepNewerFields(JSONSchemaProps schema) {
        if (schema.getProperties() != null && !schema.getProperties().isEmpty()) {
            schema.setXKubernetesPreserveUnknownFields(true);
            schema.getProperties().values().forEach(PodTemplateSchema::keepNewerFields);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            keepNewerFields(schema.getItems().getSchema());
        }
    }
}
