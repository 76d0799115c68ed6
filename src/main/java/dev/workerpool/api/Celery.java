package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What is particular to a Celery application. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Celery(
        @Size(min = 1, max = 253) @JsonPropertyDescription("The application, as for celery -A: needed where the template gives no command")
        @Nullable String app,

        @Size(max = 128) @JsonPropertyDescription("The transport option global_keyprefix, where the application sets one")
        @Nullable String keyPrefix) {}
