package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What is particular to a Celery application. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value =
                "!has(self.visibilityTimeout) || (self.visibilityTimeout.matches('" + Api.DURATION + "') && "
                        + "duration(self.visibilityTimeout) >= duration('1s') && duration(self.visibilityTimeout) <= duration('8760h'))",
        message = "visibilityTimeout must be a duration between 1s and 8760h, such as 1h",
        fieldPath = ".visibilityTimeout")
public record Celery(
        @Size(min = 1, max = 253) @JsonPropertyDescription("The application, as for celery -A: needed where the template gives no command")
        @Nullable String app,

        @Size(max = 128) @JsonPropertyDescription("The transport option global_keyprefix, where the application sets one")
        @Nullable String keyPrefix,

        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription(
                "The transport option visibility_timeout, where the application sets one; 1h otherwise")
        @Nullable String visibilityTimeout,

        @JsonPropertyDescription(
                "Broker: results are kept at the broker, verified as it is, whatever the application says. Left out: where "
                        + "the application keeps them, such as in a database")
        @Nullable ResultBackend resultBackend) {

    /** Where results are kept. */
    public enum ResultBackend {
        Broker
    }
}
