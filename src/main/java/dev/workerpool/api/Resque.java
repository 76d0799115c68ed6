package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What is particular to a Resque application. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resque(
        @Default("resque")
        @Size(min = 1, max = 128) @JsonPropertyDescription("The namespace of its keys, where the application sets one")
        @Nullable String keyPrefix,

        @Size(max = 128) @Pattern(Api.VARIABLE) @JsonPropertyDescription(
                "The variable from which the application takes the URL of its Redis; REDIS_URL otherwise")
        @Nullable String urlVariable) {}
