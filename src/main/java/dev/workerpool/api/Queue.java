package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One queue. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Queue(
        @Required
        @Size(min = 1, max = 128) @Pattern("^[^\\s,\\x00-\\x1f]+$") @JsonPropertyDescription("The queue's name as the application says it; no spaces, commas or control characters")
        String name) {}
