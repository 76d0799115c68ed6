package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** How the broker's certificate is verified: always its chain and its name. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Tls(
        @Required @JsonPropertyDescription("Which authorities are trusted")
        Trust trust) {}
