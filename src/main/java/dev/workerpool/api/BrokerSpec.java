package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a person says of a broker. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.tls) || !has(self.url.value) || self.url.value.startsWith('rediss://')",
        message = "tls is set but the url is redis://, which is not encrypted: write rediss://",
        fieldPath = ".url")
@ValidationRule(
        value = "!has(self.pollInterval) || (duration(self.pollInterval) >= duration('100ms') && "
                + "duration(self.pollInterval) <= duration('5m'))",
        message = "pollInterval must be between 100ms and 5m",
        fieldPath = ".pollInterval")
public record BrokerSpec(
        @Required @JsonPropertyDescription("Where the broker is: a redis:// or rediss:// URL")
        BrokerUrl url,

        @JsonPropertyDescription("User name and password, over those in the URL") @Nullable Credentials credentials,

        @JsonPropertyDescription("Why a rediss:// broker can be trusted; system roots when it is left out") @Nullable
        Tls tls,

        @Default("1s")
        @Pattern(Api.DURATION) @JsonPropertyDescription("How often the queues are read, such as 1s or 500ms; 100ms to 5m")
        @Nullable String pollInterval) {}
