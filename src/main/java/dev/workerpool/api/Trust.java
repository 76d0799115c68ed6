package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Which authorities are trusted. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "(self.source == 'Bundle') == has(self.bundle)",
        message = "bundle goes with source: Bundle, and source: Bundle needs a bundle")
public record Trust(
        @Default("System")
        @JsonPropertyDescription("System: the public authorities. Bundle: those and the ones in bundle")
        @Nullable Source source,

        @JsonPropertyDescription("Certificates in PEM, any number, such as a private authority's") @Nullable Bundle bundle) {

    public enum Source {
        System,
        Bundle
    }

    /** Exactly one place of PEM certificates. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "has(self.configMapKeyRef) != has(self.secretKeyRef)",
            message = "give the bundle in exactly one way: configMapKeyRef or secretKeyRef")
    public record Bundle(
            @JsonPropertyDescription("A key of a ConfigMap that holds the certificates") @Nullable ConfigMapKeyRef configMapKeyRef,

            @JsonPropertyDescription("A key of a Secret that holds the certificates") @Nullable SecretKeyRef secretKeyRef) {}
}
