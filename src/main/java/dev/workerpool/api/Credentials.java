package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A login. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Credentials(
        @Required @JsonPropertyDescription("A Secret with the key password and, where the broker has users, username")
        ObjectRef secretRef) {}
