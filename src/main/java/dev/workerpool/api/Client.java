package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Who enqueues, such as a web app: no worker of the operator's. */
@JsonIgnoreProperties(ignoreUnknown = true)
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
        String name) {}
