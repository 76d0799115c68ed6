package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the client certificate comes from that the operator and the workers present. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.secretRef) != has(self.issuer)",
        message = "client certificates come from exactly one place: secretRef or issuer")
@ValidationRule(
        value = "has(self.issuer) || (!has(self.duration) && !has(self.renewBefore) && !has(self.keyAlgorithm))",
        message = "duration, renewBefore and keyAlgorithm go with issuer")
@ValidationRule(
        value = "!has(self.duration) || (self.duration.matches('" + Api.DURATION + "') && "
                + "duration(self.duration) >= duration('1h'))",
        message = "duration must be 1h or longer, such as 2160h",
        fieldPath = ".duration")
@ValidationRule(
        value = "!has(self.renewBefore) || (self.renewBefore.matches('" + Api.DURATION + "') && "
                + "duration(self.renewBefore) >= duration('1m') && "
                + "duration(self.renewBefore) < duration(has(self.duration) ? self.duration : '2160h'))",
        message = "renewBefore must be 1m or longer, and shorter than duration, such as 720h",
        fieldPath = ".renewBefore")
@ValidationRule(
        value = "!has(self.issuer) || !has(self.issuer.certManager) || !has(self.renewBefore) || "
                + "duration(self.renewBefore) >= duration('5m')",
        message = "with cert-manager, renewBefore must be 5m or longer",
        fieldPath = ".renewBefore")
public record ClientCertificates(
        @JsonPropertyDescription(
                "A Secret with the keys tls.crt (the certificate, and after it those that lead to its authority) and tls.key, both in PEM")
        @Nullable ObjectRef secretRef,

        @JsonPropertyDescription("Who signs one for each pool and for the operator") @Nullable ClientIssuer issuer,

        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription("How long each is good; 2160h, 90 days, when it is left out")
        @Nullable String duration,

        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription("So long before its end there is another; a third of its life when it is left out")
        @Nullable String renewBefore,

        @JsonPropertyDescription("What keys are made with; ECDSA when it is left out") @Nullable KeyAlgorithm keyAlgorithm,

        @JsonPropertyDescription(
                "Gives workers and clients keystore.p12 and truststore.p12 beside the files in PEM, for programs that read no PEM")
        @Nullable Pkcs12 pkcs12) {

    public enum KeyAlgorithm {
        ECDSA,
        RSA
    }
}
