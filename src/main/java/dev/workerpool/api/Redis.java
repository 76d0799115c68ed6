package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the servers of a Redis stand together. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "(self.topology == 'Sentinel') == has(self.sentinel)",
        message = "sentinel goes with topology: Sentinel, and topology: Sentinel needs a sentinel")
public record Redis(
        @Default("Standalone")
        @JsonPropertyDescription(
                "Standalone: one address. Sentinel: sentinels say which server is the master now. Cluster: keys are spread over several masters")
        @Nullable Topology topology,

        @JsonPropertyDescription("Who says which server is the master; for topology: Sentinel") @Nullable RedisSentinel sentinel) {

    public enum Topology {
        Standalone,
        Sentinel,
        Cluster
    }
}
