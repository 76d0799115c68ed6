package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What is particular to a Sidekiq application. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sidekiq(
        @Size(max = 128) @Pattern(Api.VARIABLE) @JsonPropertyDescription(
                "The variable that is to hold the URL of its broker, such as REDIS_URL where its own configuration names that; "
                        + "Sidekiq is told of it by REDIS_PROVIDER, and no other variable of the image is replaced")
        @Nullable String urlVariable) {}
