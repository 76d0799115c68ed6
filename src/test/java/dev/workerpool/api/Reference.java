package dev.workerpool.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reference of all fields, made from the CRDs. */
final class Reference {
    /** Described by Kubernetes' own reference. */
    private static final Set<String> OF_KUBERNETES = Set.of(
            "spec.template",
            "spec.access.egress",
            "spec.network.from",
            "spec.network.podSelector",
            "status.conditions");

    private final List<String> rows = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();

    private Reference() {}

    static String of(List<CustomResourceDefinition> crds) {
        return """
                # Reference

                Made from the CRDs under `crds/` and compared in the build: `mvn test -Dtest=ReferenceTest -Dreference.update`.
                `kubectl explain workerpool.spec` says the same at the terminal.

                """ + crds.stream().map(Reference::of).collect(Collectors.joining("\n"));
    }

    private static String of(CustomResourceDefinition crd) {
        CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        Reference reference = new Reference();
        reference.addRules(root, "");
        reference.addFields(root, "");
        return """
                ## %s

                %s. `apiVersion: %s/%s`, namespaced; `kubectl get %s` shows %s.
                %s
                | Field | Type | Default | Meaning |
                |---|---|---|---|
                %s

                Refused at `kubectl apply`, beside wrong types, missing fields and what is out of bounds:

                %s
                """.formatted(
                        crd.getSpec().getNames().getKind(),
                        root.getDescription(),
                        crd.getSpec().getGroup(),
                        version.getName(),
                        names(crd),
                        columns(version),
                        scale(version),
                        String.join("\n", reference.rows),
                        String.join("\n", reference.rules));
    }

    private static String names(CustomResourceDefinition crd) {
        var names = crd.getSpec().getNames();
        return names.getShortNames().isEmpty()
                ? names.getPlural()
                : names.getShortNames().getFirst();
    }

    private static String columns(CustomResourceDefinitionVersion version) {
        return version.getAdditionalPrinterColumns().stream()
                .map(CustomResourceColumnDefinition::getName)
                .collect(Collectors.joining(", "));
    }

    private static String scale(CustomResourceDefinitionVersion version) {
        return version.getSubresources().getScale() == null
                ? ""
                : "`kubectl scale` and an autoscaler set `spec.replicas` through the scale subresource.\n";
    }

    private void addFields(JSONSchemaProps schema, String prefix) {
        fields(schema).entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(field -> {
            String path = prefix + field.getKey();
            if (!path.equals("metadata")) {
                boolean required =
                        schema.getRequired() != null && schema.getRequired().contains(field.getKey());
                addField(field.getValue(), path, required);
            }
        });
    }

    private void addField(JSONSchemaProps field, String path, boolean required) {
        rows.add("| `%s`%s | %s | %s | %s |"
                .formatted(
                        path,
                        required ? " (required)" : "",
                        type(field),
                        field.getDefault() == null
                                ? ""
                                : "`" + field.getDefault().asText() + "`",
                        Objects.requireNonNullElse(field.getDescription(), "").replace("|", "\\|")));
        addRules(field, path);
        if (OF_KUBERNETES.contains(path)) {
            addRulesBelow(field, path);
        } else {
            addFields(field, path + ".");
            addItems(field, path + "[]");
        }
    }

    private void addItems(JSONSchemaProps field, String path) {
        if (field.getItems() != null && field.getItems().getSchema() != null) {
            addRules(field.getItems().getSchema(), path);
            addFields(field.getItems().getSchema(), path + ".");
        }
    }

    private void addRulesBelow(JSONSchemaProps schema, String path) {
        fields(schema).forEach((name, field) -> {
            addRules(field, path + "." + name);
            addRulesBelow(field, path + "." + name);
        });
    }

    private void addRules(JSONSchemaProps schema, String path) {
        for (ValidationRule rule : schema.getXKubernetesValidations()) {
            String field = rule.getFieldPath() == null ? path : path + rule.getFieldPath();
            rules.add("- `%s`: %s".formatted(field.replaceFirst("^\\.", ""), rule.getMessage()));
        }
    }

    private static Map<String, JSONSchemaProps> fields(JSONSchemaProps schema) {
        return schema.getProperties() == null ? Map.of() : schema.getProperties();
    }

    private static String type(JSONSchemaProps field) {
        if (field.getEnum() != null && !field.getEnum().isEmpty()) {
            return field.getEnum().stream().map(JsonNode::asText).collect(Collectors.joining("`, `", "`", "`"));
        }
        if (field.getXKubernetesIntOrString() != null) {
            return "number or percentage";
        }
        return switch (field.getType()) {
            case "array" -> "list" + between(field.getMinItems(), field.getMaxItems(), "");
            case "string" -> "text" + between(field.getMinLength(), field.getMaxLength(), " characters");
            case "integer" -> "number" + between(bound(field.getMinimum()), bound(field.getMaximum()), "");
            default -> field.getType();
        };
    }

    private static @Nullable Long bound(@Nullable Double value) {
        if (value == null || value == Integer.MIN_VALUE || value == Integer.MAX_VALUE) {
            return null;
        }
        return value.longValue();
    }

    private static String between(@Nullable Long least, @Nullable Long most, String unit) {
        if (least == null && most == null) {
            return "";
        }
        if (most == null) {
            return ", at least " + least + unit;
        }
        return least == null ? ", at most " + most + unit : ", " + least + " to " + most + unit;
    }
}
