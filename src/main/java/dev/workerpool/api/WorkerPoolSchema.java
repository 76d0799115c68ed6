package dev.workerpool.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;

/** What the annotations cannot say of a pool's schema. */
public final class WorkerPoolSchema implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps spec, String input, KubernetesSerialization serialization) {
        JSONSchemaProps queues = Objects.requireNonNull(spec.getProperties().get("queues"));
        // Keyed by name: the API server itself refuses duplicates.
        queues.setXKubernetesListType("map");
        queues.setXKubernetesListMapKeys(List.of("name"));
        keepNewerFields(Objects.requireNonNull(spec.getProperties().get("template")));
        return spec;
    }

    /**
     * Keeps, at every level, fields that a newer Kubernetes has and this schema does not: a structural schema
     * prunes unknown fields of each object that does not say otherwise itself.
     */
    private static void keepNewerFields(JSONSchemaProps schema) {
        if (schema.getProperties() != null && !schema.getProperties().isEmpty()) {
            schema.setXKubernetesPreserveUnknownFields(true);
            schema.getProperties().values().forEach(WorkerPoolSchema::keepNewerFields);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            keepNewerFields(schema.getItems().getSchema());
        }
    }
}
