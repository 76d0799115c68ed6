package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What is particular to an RQ application. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rq(
        @Size(max = 128) @Pattern(Api.VARIABLE) @JsonPropertyDescription(
                "A variable that is to hold the URL of its broker beside RQ_REDIS_URL, where the application reads another")
        @Nullable String urlVariable) {}
