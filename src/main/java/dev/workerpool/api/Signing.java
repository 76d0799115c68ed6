package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the messages of a Broker's Celery applications are signed: each pool and each client by a key of its own. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.duration) || (self.duration.matches('" + Api.DURATION + "') && "
                + "duration(self.duration) >= duration('24h'))",
        message = "duration must be 24h or longer, such as 2160h",
        fieldPath = ".duration")
@ValidationRule(
        value = "!has(self.renewBefore) || (self.renewBefore.matches('" + Api.DURATION + "') && "
                + "duration(self.renewBefore) >= duration('8h') && "
                + "duration(self.renewBefore) < duration(has(self.duration) ? self.duration : '2160h'))",
        message = "renewBefore must be 8h or longer, and shorter than duration, such as 720h",
        fieldPath = ".renewBefore")
@ValidationRule(
        value = "!has(self.acceptFormer) || (self.acceptFormer.matches('" + Api.DURATION + "') && "
                + "duration(self.acceptFormer) >= duration('0s') && "
                + "duration(self.acceptFormer) <= duration('8760h'))",
        message = "acceptFormer must be a duration up to 8760h, such as 24h",
        fieldPath = ".acceptFormer")
public record Signing(
        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription("How long each certificate is good; 2160h, 90 days, when it is left out")
        @Nullable String duration,

        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription(
                "So long before its end another one is given out; a third of its life when it is left out")
        @Nullable String renewBefore,

        @Default("24h")
        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription(
                "So long after nobody sends them any more, unsigned messages and those of former keys are still taken: longer than "
                        + "messages wait in queues")
        @Nullable String acceptFormer,

        @Default("Retain")
        @JsonPropertyDescription(
                "Whether the Secret <broker>-signing with all keys outlives the Broker (Retain), so that one that is made again "
                        + "goes on with them, or goes with it (Delete)")
        @Nullable KeyRetention keyRetention) {
    /** What becomes of the keys when the Broker goes. */
    public enum KeyRetention {
        Retain,
        Delete
    }
}
