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

/** Who enqueues, such as a web app: no worker of the operator's. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = BoundedTexts.class, input = "tasks 200")
@ValidationRule(
        value = "self.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "a client's name must be a DNS label: lower case letters, digits and '-'",
        fieldPath = ".name")
@ValidationRule(
        value =
                "!self.name.matches('^(pin|connection|trust|code|ca|authority|issuer|identity|certificate|signing|env)(-.*)?$|-env$')",
        message =
                "that name would make a Secret named as the operator's own are: choose one that neither ends with -env nor begins with "
                        + "pin, connection, trust, code, ca, authority, issuer, identity, certificate, signing or env",
        fieldPath = ".name")
public record Client(
        @Required
        @Size(min = 1, max = 63) @JsonPropertyDescription(
                "The client's name. Its Secrets are <broker>-<client>, to be mounted, and <broker>-<client>-env, for envFrom")
        String name,

        @Size(max = 64) @JsonPropertyDescription(
                "With signing: the Celery tasks that it may send, such as mail.*; all when it is left out, and with an empty list it is no "
                        + "sender of Celery's")
        @Nullable List<String> tasks) {

    /** What Celery tasks it may send, as patterns. */
    public List<String> patterns() {
        return tasks == null ? List.of("*") : tasks;
    }
}
