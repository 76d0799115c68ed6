package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A workload that someone else owns. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkloadRef(
        @Default("Deployment") @JsonPropertyDescription("Deployment") @Nullable Kind kind,

        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Its name, in the same namespace")
        String name) {

    public enum Kind {
        Deployment
    }
}
