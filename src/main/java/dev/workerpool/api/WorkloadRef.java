package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A workload that someone else owns. */
@JsonIgnoreProperties(ignoreUnknown = true)
@SchemaCustomizer(AtomicMap.class)
@ValidationRule(value = Api.NAME_RULE, message = Api.NAME_MESSAGE, fieldPath = ".name")
public record WorkloadRef(
        @Default("Deployment") @JsonPropertyDescription("Deployment") @Nullable Kind kind,

        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Its name, in the same namespace")
        String name) {

    public enum Kind {
        Deployment
    }
}
