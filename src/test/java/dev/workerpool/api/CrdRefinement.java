package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What the generator leaves out or reorders. */
record CrdRefinement(Class<?> type) implements CRDPostProcessor {

    @Override
    public HasMetadata process(HasMetadata crd, String version) {
        for (CustomResourceDefinitionVersion served :
                ((CustomResourceDefinition) crd).getSpec().getVersions()) {
            columnsAsAnnotated(served.getAdditionalPrinterColumns());
            refineRoot(served.getSchema().getOpenAPIV3Schema());
        }
        return crd;
    }

    /** The generator sorts them by path. */
    private void columnsAsAnnotated(List<CustomResourceColumnDefinition> columns) {
        List<String> names = Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        columns.sort(Comparator.comparingInt(column -> names.indexOf(column.getName())));
    }

    private void refineRoot(JSONSchemaProps root) {
        root.setDescription(Objects.requireNonNull(type.getAnnotation(JsonClassDescription.class))
                .value());
        root.setRequired(List.of("spec"));
        property(root, "spec").setDescription("What is wanted");
        property(root, "status").setDescription("What is, as the operator has last seen it");
        // The API server knows metadata by itself, but a rule's fieldPath may only name what the schema has.
        root.getProperties().put("metadata", objectWithName());
        NumberBounds.addTo(root, type);
    }

    private static JSONSchemaProps objectWithName() {
        return new JSONSchemaPropsBuilder()
                .withType("object")
                .addToProperties(
                        "name", new JSONSchemaPropsBuilder().withType("string").build())
                .build();
    }

    private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }
}
