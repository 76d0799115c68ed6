package dev.workerpool.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Schema of a status with conditions. */
final class Conditions {
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "type", "What is said",
            "status", "True, False or Unknown",
            "reason", "Why, in one word, for programs",
            "message", "Why, in a sentence, for people",
            "lastTransitionTime", "When status last changed",
            "observedGeneration", "The generation of the spec that this speaks of");

    private Conditions() {}

    /** A list keyed by type, so that others may add conditions of their own beside the operator's. */
    public static final class AsListMap implements SchemaCustomizer.Customizer {
        @Override
        public JSONSchemaProps apply(JSONSchemaProps status, String input, KubernetesSerialization serialization) {
            JSONSchemaProps conditions =
                    Objects.requireNonNull(status.getProperties().get("conditions"));
            conditions.setXKubernetesListType("map");
            conditions.setXKubernetesListMapKeys(List.of("type"));
            JSONSchemaProps condition = conditions.getItems().getSchema();
            condition.setRequired(List.of("type", "status", "lastTransitionTime", "reason", "message"));
            DESCRIPTIONS.forEach((field, description) ->
                    Objects.requireNonNull(condition.getProperties().get(field)).setDescription(description));
            return status;
        }
    }
}
