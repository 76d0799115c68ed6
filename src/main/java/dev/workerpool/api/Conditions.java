package dev.workerpool.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;

/** Schema of a status with conditions. */
final class Conditions {
    private Conditions() {}

    /** A list keyed by type, so that others may add conditions of their own beside the operator's. */
    public static final class AsListMap implements SchemaCustomizer.Customizer {
        @Override
        public JSONSchemaProps apply(JSONSchemaProps status, String input, KubernetesSerialization serialization) {
            JSONSchemaProps conditions =
                    Objects.requireNonNull(status.getProperties().get("conditions"));
            conditions.setXKubernetesListType("map");
            conditions.setXKubernetesListMapKeys(List.of("type"));
            conditions
                    .getItems()
                    .getSchema()
                    .setRequired(List.of("type", "status", "lastTransitionTime", "reason", "message"));
            return status;
        }
    }
}
