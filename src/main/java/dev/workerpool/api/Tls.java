package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the broker's certificate is verified. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.verify != 'None' || (!has(self.trust) && !has(self.serverName))",
        message = "verify: None verifies nothing: leave trust and serverName out, or verify",
        fieldPath = ".verify")
@ValidationRule(
        value = "!has(self.serverName) || self.serverName.matches('^([-a-zA-Z0-9_]+[.])*[-a-zA-Z0-9_]+[.]?$')",
        message = "serverName must be a DNS name, such as redis.example.com",
        fieldPath = ".serverName")
public record Tls(
        @Default("Full")
        @JsonPropertyDescription(
                "Full: the certificate's chain and its name. CA: its chain, whatever its name. None: nothing; encrypted, but to whoever answers")
        @Nullable Verify verify,

        @Size(min = 1, max = 253) @JsonPropertyDescription("The name that the certificate must be for, where that is not the host of the URL")
        @Nullable String serverName,

        @JsonPropertyDescription("Which authorities are trusted; the system's when it is left out") @Nullable Trust trust,

        @JsonPropertyDescription(
                "What is presented to a broker that asks for a client certificate; nothing when it is left out")
        @Nullable ClientCertificates clientCertificates) {

    public enum Verify {
        Full,
        CA,
        None
    }

    /** What is verified, where nothing is said too. */
    public Verify verified() {
        return Objects.requireNonNullElse(verify, Verify.Full);
    }
}
