package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which authorities are trusted. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.acceptedFingerprints) || self.source == 'FirstUse'",
        message = "acceptedFingerprints goes with source: FirstUse",
        fieldPath = ".acceptedFingerprints")
@ValidationRule(
        value = "!has(self.acceptedFingerprints) || self.acceptedFingerprints.all(f, "
                + "f.matches('^[0-9a-fA-F]{2}(:?[0-9a-fA-F]{2}){31}$'))",
        message = "each fingerprint must be a SHA-256 in hexadecimal, with or without colons",
        fieldPath = ".acceptedFingerprints")
@ValidationRule(
        value = "(self.source == 'Bundle') == has(self.bundle)",
        message = "bundle goes with source: Bundle, and source: Bundle needs a bundle")
@SchemaCustomizer(value = BoundedTexts.class, input = "acceptedFingerprints 95")
public record Trust(
        @Default("System")
        @JsonPropertyDescription(
                "System: the public authorities. Bundle: those and the ones in bundle. FirstUse: the one that the server first presents, and no other")
        @Nullable Source source,

        @JsonPropertyDescription("Certificates in PEM, any number, such as a private authority's") @Nullable Bundle bundle,

        @Size(max = 16) @JsonPropertyDescription(
                "With FirstUse: SHA-256 fingerprints of authorities that may take the place of the pinned one")
        @Nullable List<String> acceptedFingerprints) {

    public enum Source {
        System,
        Bundle,
        FirstUse
    }

    /** As they are compared: lower case, without colons. */
    public Set<String> accepted() {
        return Optional.ofNullable(acceptedFingerprints).orElse(List.of()).stream()
                .map(text -> text.replace(":", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
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
