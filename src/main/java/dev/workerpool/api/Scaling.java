package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the operator chooses the number of pods. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.minReplicas <= self.maxReplicas",
        message = "minReplicas must not be greater than maxReplicas",
        fieldPath = ".minReplicas")
@ValidationRule(
        value = "!has(self.idleAfter) || (self.idleAfter.matches('" + Api.DURATION + "') && "
                + "duration(self.idleAfter) >= duration('1s') && duration(self.idleAfter) <= duration('24h'))",
        message = "idleAfter must be a duration between 1s and 24h, such as 30s or 5m",
        fieldPath = ".idleAfter")
public record Scaling(
        @Default("Active")
        @JsonPropertyDescription(
                "Active; Recommend: decide and report, but leave replicas in force; Paused: hold the present size")
        @Nullable Mode mode,

        @Default("1") @Min(0) @Max(10000) @JsonPropertyDescription("The least pods; zero is a choice") @Nullable Integer minReplicas,

        @Required @Min(1) @Max(10000) @JsonPropertyDescription("The most pods")
        Integer maxReplicas,

        @Required @JsonPropertyDescription("What the number of pods should achieve")
        Target target,

        @Default("5m")
        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription("How long idleness must be proven before the last pod goes; 1s to 24h")
        @Nullable String idleAfter) {

    public enum Mode {
        Active,
        Recommend,
        Paused
    }

    /** What the number of pods should achieve. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Target(
            @Required
            @Min(1) @Max(1000000) @JsonPropertyDescription("One pod for so many jobs that wait, are held or are due")
            Integer backlogPerWorker) {}
}
