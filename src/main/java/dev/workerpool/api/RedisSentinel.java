package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sentinels that watch a master. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.masterName.matches('^[-._a-zA-Z0-9]+$')",
        message = "must be a name as sentinel monitor takes it: letters, digits, '-', '_' and '.'",
        fieldPath = ".masterName")
@ValidationRule(
        value = "self.addresses.all(a, a.matches('" + RedisSentinel.ADDRESS + "'))",
        message = "each address must be a host and a port, such as sentinel-0.redis:26379",
        fieldPath = ".addresses")
@ValidationRule(
        value = "self.addresses.all(a, self.addresses.exists_one(o, o == a))",
        message = "the addresses must differ",
        fieldPath = ".addresses")
@SchemaCustomizer(value = BoundedTexts.class, input = "addresses 300")
public record RedisSentinel(
        @Required
        @Size(min = 1, max = 253) @JsonPropertyDescription("The name under which the sentinels watch the master, such as mymaster")
        String masterName,

        @Required
        @Size(min = 1, max = 15) @JsonPropertyDescription("Host and port of the sentinels, best of all of them, such as sentinel-0.redis:26379")
        List<String> addresses,

        @JsonPropertyDescription(
                "User name and password for the sentinels, where they want one; the server's own stand beside url")
        @Nullable Credentials credentials,

        @JsonPropertyDescription("Set where the sentinels speak TLS: why they can be trusted") @Nullable SentinelTls tls) {

    /** A name, an IPv4 address, or an IPv6 address in brackets, and a port from 1 to 65535. */
    static final String ADDRESS = "^([-._a-zA-Z0-9]+|\\\\[[0-9a-fA-F:.]+\\\\]):"
            + "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$";
}
