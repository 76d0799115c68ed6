package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the sentinels' certificates are verified: always their chain and their names. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SentinelTls(
        @Required @JsonPropertyDescription("Which authorities are trusted")
        Trusted trust) {

    /** As for a broker, but known beforehand. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "(self.source == 'Bundle') == has(self.bundle)",
            message = "bundle goes with source: Bundle, and source: Bundle needs a bundle")
    public record Trusted(
            @Default("System")
            @JsonPropertyDescription("System: the public authorities. Bundle: those and the ones in bundle")
            @Nullable Source source,

            @JsonPropertyDescription("Certificates in PEM, any number, such as a private authority's")
            Trust.@Nullable Bundle bundle) {}

    public enum Source {
        System,
        Bundle
    }
}
