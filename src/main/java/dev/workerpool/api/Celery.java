package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
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
@ValidationRule(
        value =
                "!has(self.acceptFrom) || self.acceptFrom.all(f, f.matches('^(client|pool)/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$'))",
        message = "each of acceptFrom must be client/ or pool/ and its name, such as client/web",
        fieldPath = ".acceptFrom")
@SchemaCustomizer(value = BoundedTexts.class, input = "acceptFrom 264")
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
        @Nullable ResultBackend resultBackend,

        @Size(max = 64) @JsonPropertyDescription(
                "At a Broker with signing: whose tasks these workers run, such as client/web or pool/mail; everybody's whom the Broker "
                        + "knows when it is left out")
        @Nullable List<String> acceptFrom) {

    /** Where results are kept. */
    public enum ResultBackend {
        Broker
    }
}
