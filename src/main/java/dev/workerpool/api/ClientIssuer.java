package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who signs client certificates. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.own), has(self.secretRef), has(self.certManager)].filter(given, given).size() == 1",
        message = "an issuer is exactly one of own, secretRef and certManager")
public record ClientIssuer(
        @JsonPropertyDescription(
                "An authority that the operator makes and keeps in the Secret <broker>-client-authority")
        @Nullable Own own,

        @JsonPropertyDescription(
                "An authority of yours, in a Secret with the keys tls.crt and tls.key, and ca.crt with those above it up to the root where it is none itself; kept in use in the Secret <broker>-client-authority")
        @Nullable ObjectRef secretRef,

        @JsonPropertyDescription("An issuer of cert-manager, where that is installed: a Certificate for each pool")
        @Nullable CertManager certManager) {

    /** Fingerprints of authorities that are taken up where one is found. */
    public Set<String> accepted() {
        return own == null ? Set.of() : own.accepted();
    }

    /** One that cert-manager knows. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CertManager(
            @Required @JsonPropertyDescription("Who signs; as in a Certificate of cert-manager")
            IssuerRef issuerRef) {}

    /** Which of cert-manager's issuers. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record IssuerRef(
            @Required
            @Size(min = 1, max = 253) @JsonPropertyDescription("Of an Issuer that tells its authority (ca.crt), as those of kind CA and Vault do")
            String name,

            @Size(min = 1, max = 63) @JsonPropertyDescription(
                    "Issuer, in the Broker's namespace, when it is left out; or ClusterIssuer, or one of another group")
            @Nullable String kind,

            @Size(min = 1, max = 253) @JsonPropertyDescription("cert-manager.io when it is left out") @Nullable String group) {

        public String kindOrDefault() {
            return Optional.ofNullable(kind).orElse("Issuer");
        }

        public String groupOrDefault() {
            return Optional.ofNullable(group).orElse("cert-manager.io");
        }
    }

    /** One that the operator makes. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.duration) || (self.duration.matches('" + Api.DURATION + "') && "
                    + "duration(self.duration) >= duration('24h'))",
            message = "duration must be 24h or longer, such as 26280h",
            fieldPath = ".duration")
    @ValidationRule(
            value = "!has(self.acceptedFingerprints) || self.acceptedFingerprints.all(f, "
                    + "f.matches('^[0-9a-fA-F]{2}(:?[0-9a-fA-F]{2}){31}$'))",
            message = "each fingerprint must be a SHA-256 in hexadecimal, with or without colons",
            fieldPath = ".acceptedFingerprints")
    @SchemaCustomizer(value = BoundedTexts.class, input = "acceptedFingerprints 95")
    public record Own(
            @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription("How long an authority is good; 26280h, three years, when it is left out")
            @Nullable String duration,

            @Size(max = 16) @JsonPropertyDescription(
                    "SHA-256 fingerprints of authorities that are taken up where one is there that this Broker is not known to have made")
            @Nullable List<String> acceptedFingerprints) {

        /** As they are compared: lower case, without colons. */
        public Set<String> accepted() {
            return Optional.ofNullable(acceptedFingerprints).orElse(List.of()).stream()
                    .map(text -> text.replace(":", "").toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
