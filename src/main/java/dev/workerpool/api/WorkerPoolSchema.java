package dev.workerpool.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Objects;

/** What the annotations cannot say of a pool's schema: rules on types of the client library. */
public final class WorkerPoolSchema implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps spec, String input, KubernetesSerialization serialization) {
        Map<String, JSONSchemaProps> properties = spec.getProperties();
        // The order of queues is their order of importance, so that the list has one owner as a whole.
        Objects.requireNonNull(properties.get("queues")).setXKubernetesListType("atomic");
        new KeyedByName().apply(spec, "singletons", serialization);
        PodTemplateSchema.refine(Objects.requireNonNull(properties.get("template")));
        StrategySchema.refine(Objects.requireNonNull(properties.get("strategy")));
        return spec;
    }
}
