package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What is particular to a BullMQ or Bull application. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BullMq(
        @Default("bull")
        @Size(min = 1, max = 128) @JsonPropertyDescription("The option prefix of its queues, where the application sets one")
        @Nullable String keyPrefix,

        @Default("REDIS_URL")
        @Size(max = 128) @Pattern(Api.VARIABLE) @JsonPropertyDescription("The variable from which the application takes the URL of its Redis")
        @Nullable String urlVariable) {}
