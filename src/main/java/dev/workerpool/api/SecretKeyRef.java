package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecretKeyRef(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of a Secret in the same namespace")
        String name,

        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The key in its data")
        String key) {}
