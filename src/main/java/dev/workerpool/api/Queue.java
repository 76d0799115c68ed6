package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One queue. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.name.matches(r'^[^\\s,\\x00-\\x1f\\x7f]+$')",
        message = "a queue's name must not have spaces, commas or control characters",
        fieldPath = ".name")
public record Queue(
        @Required
        @Size(min = 1, max = 128) @JsonPropertyDescription("The queue's name as the application says it; no spaces, commas or control characters")
        String name) {}
