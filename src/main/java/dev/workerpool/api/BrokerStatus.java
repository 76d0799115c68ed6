package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a broker. Never a credential. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(Conditions.AsListMap.class)
public record BrokerStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of") @Nullable Long observedGeneration,

        @JsonPropertyDescription("Host and port that were last proven; with sentinels the name of the master") @Nullable String endpoint,

        @JsonPropertyDescription("What answered there") @Nullable Server server,

        @JsonPropertyDescription("How changes of queues become known: Push, or Poll with the reason") @Nullable String measuring,

        @JsonPropertyDescription("What workers are given: the last connection that the operator has seen working")
        @Nullable Proven proven,

        @JsonPropertyDescription("Ready, Reachable, Trusted, EvictsKeys and NearConnectionLimit") @Nullable List<Condition> conditions) {

    /** What answered. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Server(
            @JsonPropertyDescription("Such as redis") @Nullable String product,

            @JsonPropertyDescription("Its version") @Nullable String version,

            @JsonPropertyDescription("The TLS version in use; absent on a plain connection") @Nullable String tls,

            @JsonPropertyDescription(
                    "By what it was verified: its own certificate first, the authority that vouches last; absent on a plain connection")
            @Nullable List<Certificate> chain) {
        /** The end of whichever certificate of the chain ends first. */
        public Optional<Instant> expires() {
            return Optional.ofNullable(chain).orElse(List.of()).stream()
                    .map(certificate -> Instant.parse(certificate.notAfter()))
                    .min(Comparator.naturalOrder());
        }
    }

    /** One of the certificates by which a server was verified. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Certificate(
            @JsonPropertyDescription("Whose it is") String subject,

            @JsonPropertyDescription("Who signed it") String issuer,

            @JsonPropertyDescription("Its fingerprint") String sha256,

            @JsonPropertyDescription("When it ends") String notAfter) {}

    /** Names of the Secrets that hold what was proven. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Proven(
            @JsonPropertyDescription("The immutable Secret with the connection that was proven")
            String connectionSecret,

            @JsonPropertyDescription("The immutable Secret with the roots that verify it; absent without TLS") @Nullable String trustSecret,

            @JsonPropertyDescription("When it was first proven")
            String time) {}
}
