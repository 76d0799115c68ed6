package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Exactly one way to give a URL. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.value) != has(self.secretKeyRef)",
        message = "give the url in exactly one way: value or secretKeyRef")
@ValidationRule(
        value = "!has(self.value) || self.value.matches('^(redis|amqp)s?://')",
        message = "must start with redis://, rediss://, amqp:// or amqps://",
        fieldPath = ".value")
@ValidationRule(
        value = "!has(self.value) || (isURL(self.value) && url(self.value).getHostname() != '')",
        message = "must be a URL with a host, such as rediss://redis.example.com:6379/0",
        fieldPath = ".value")
@ValidationRule(
        value = "!has(self.value) || !isURL(self.value) || url(self.value).getPort() == '' || "
                + "(url(self.value).getPort().size() <= 5 && int(url(self.value).getPort()) >= 1 && "
                + "int(url(self.value).getPort()) <= 65535)",
        message = "the port of the url must be between 1 and 65535",
        fieldPath = ".value")
@ValidationRule(
        value = "!has(self.value) || self.value.startsWith('amqp') || "
                + "self.value.matches('^[a-z]*:?/*[^/?#]*(/[0-9]{0,5})?([?#].*)?$')",
        message = "the path of the url is the number of the database, such as /0",
        fieldPath = ".value")
@ValidationRule(
        value = "!has(self.value) || !self.value.startsWith('amqp') || "
                + "self.value.matches('^[a-z]*:?/*[^/?#]*(//|/[^/?#]*)?([?#].*)?$')",
        message = "the path of the url is one virtual host: write a / in its name as %2F",
        fieldPath = ".value")
@ValidationRule(
        value = "!has(self.value) || !self.value.matches('^[a-z]+://[^?#]*:[^?#]*@|[?&]password=')",
        message = "a password does not belong in an object everyone can read: "
                + "use secretKeyRef, or credentials beside a url without one",
        fieldPath = ".value")
public record BrokerUrl(
        @Size(min = 1, max = 2048) @JsonPropertyDescription("The URL itself, without a password") @Nullable String value,

        @JsonPropertyDescription("The key of a Secret that holds the URL, as hosted providers hand it out") @Nullable SecretKeyRef secretKeyRef) {}
