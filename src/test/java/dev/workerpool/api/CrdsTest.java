package dev.workerpool.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The CRDs under crds/ and in the chart are what the records say. {@code mvn test -Dtest=CrdsTest -Dcrds.update} writes them. */
class CrdsTest {
    /** For people, and for the chart, which can only read what is in its own folder. */
    private static final List<Path> CHECKED_IN =
            List.of(Path.of("crds"), Path.of("helm/workerpool-operator/files/crds"));

    /** As Kubernetes' own reference has them. */
    private static final String OF_A_NETWORK_POLICY =
            "spec\\.access\\.egress\\[].*|spec\\.network\\.(from\\[]|podSelector\\.).*";

    @Test
    void the_checked_in_crds_are_current() throws IOException {
        for (var crd : Crds.generated().entrySet()) {
            for (Path folder : CHECKED_IN) {
                Path kept = folder.resolve(crd.getKey());
                if (System.getProperty("crds.update") != null) {
                    Files.writeString(kept, crd.getValue());
                }
                assertEquals(crd.getValue(), Files.readString(kept), "run: mvn test -Dtest=CrdsTest -Dcrds.update");
            }
        }
    }

    @Test
    void every_field_says_what_it_is_for() throws IOException {
        for (CustomResourceDefinition crd : Crds.definitions()) {
            assertEquals(
                    List.of(),
                    SchemaFields.below(SchemaRules.schema(crd)).stream()
                            .filter(field -> !field.path()
                                    .matches("metadata.*|spec\\.template\\..*|" + OF_A_NETWORK_POLICY + "|.*\\[]"))
                            .filter(field -> field.schema().getDescription() == null)
                            .map(SchemaFields.Field::path)
                            .toList());
        }
    }

    /** What the API server stores and the operator cannot read would end the watch of all objects. */
    @Test
    void every_number_is_bounded_to_what_its_type_holds() throws IOException {
        for (CustomResourceDefinition crd : Crds.definitions()) {
            assertEquals(
                    List.of(),
                    SchemaFields.below(SchemaRules.schema(crd)).stream()
                            .filter(field -> !isBounded(field.schema()))
                            .map(SchemaFields.Field::path)
                            .toList());
        }
    }

    private static boolean isBounded(JSONSchemaProps schema) {
        if (!"integer".equals(schema.getType()) && schema.getXKubernetesIntOrString() == null) {
            return true;
        }
        boolean toInt = schema.getMinimum() != null
                && schema.getMinimum() >= Integer.MIN_VALUE
                && schema.getMaximum() != null
                && schema.getMaximum() <= Integer.MAX_VALUE;
        return toInt || "int64".equals(schema.getFormat()) || schema.getPattern() != null;
    }
}
