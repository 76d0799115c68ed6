package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person says of a broker. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.tls) || !has(self.url.value) || self.url.value.matches('^(rediss|amqps)://')",
        message = "tls is set but the url is redis:// or amqp://, which is not encrypted: write rediss:// or amqps://",
        fieldPath = ".url")
@ValidationRule(
        value = "!has(self.pollInterval) || (self.pollInterval.matches('" + Api.DURATION + "') && "
                + "duration(self.pollInterval) >= duration('100ms') && "
                + "duration(self.pollInterval) <= duration('5m'))",
        message = "pollInterval must be a duration between 100ms and 5m, such as 500ms or 1s",
        fieldPath = ".pollInterval")
@ValidationRule(
        value = "!has(self.redis) || self.redis.topology != 'Cluster' || !has(self.url.value) || "
                + "self.url.value.matches('^[a-z]*:?/*[^/?#]*(/0*)?([?#].*)?$')",
        message = "a Redis Cluster has no database but 0: leave the number out of the url",
        fieldPath = ".url")
@ValidationRule(
        value =
                "!has(self.network) || !has(self.network.podSelector) || has(self.network.ports) || !has(self.redis) || "
                        + "!has(self.redis.topology) || self.redis.topology == 'Standalone'",
        message =
                "network.ports is needed beside network.podSelector: all ports of servers and sentinels, which only they know",
        fieldPath = ".network")
@ValidationRule(
        value = "!has(self.redis) || !has(self.url.value) || !self.url.value.startsWith('amqp')",
        message =
                "redis says how the servers of a Redis stand together: leave it out where the url is amqp:// or amqps://",
        fieldPath = ".redis")
@ValidationRule(
        value = "!has(self.signing) || !has(self.url.value) || self.url.value.startsWith('rediss://')",
        message = "signing needs TLS, which protects what a signature does not cover: write rediss://",
        fieldPath = ".signing")
@ValidationRule(
        value = "!has(self.signing) || !has(self.redis) || self.redis.topology == 'Standalone'",
        message =
                "signing takes mounted code, which there is for one server alone: not with topology Sentinel or Cluster",
        fieldPath = ".signing")
@ValidationRule(
        value = "has(self.signing) || !has(self.clients) || self.clients.all(c, !has(c.tasks))",
        message = "tasks of a client go with signing: without it nobody can tell who sent a task",
        fieldPath = ".clients")
@SchemaCustomizer(value = KeyedByName.class, input = "clients")
public record BrokerSpec(
        @Required
        @JsonPropertyDescription(
                "Where the broker is: a redis:// or rediss:// URL, or an amqp:// or amqps:// URL of a RabbitMQ")
        BrokerUrl url,

        @JsonPropertyDescription("User name and password, over those in the URL") @Nullable Credentials credentials,

        @JsonPropertyDescription("Why a rediss:// or amqps:// broker can be trusted; system roots when it is left out")
        @Nullable Tls tls,

        @JsonPropertyDescription("How the servers of a Redis stand together; one server when it is left out") @Nullable Redis redis,

        @Default("1s")
        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription("How often the queues are read, such as 1s or 500ms; 100ms to 5m")
        @Nullable String pollInterval,

        @Size(max = 32) @JsonPropertyDescription(
                "Who enqueues, such as a web app: each gets Secrets with the connection that was proven, kept current")
        @Nullable List<Client> clients,

        @JsonPropertyDescription(
                "Celery's messages are signed, and none are taken but those of this Broker's pools and clients; of pools of framework Celery alone")
        @Nullable Signing signing,

        @Default("Drain")
        @JsonPropertyDescription(
                "Where the URL comes to lead to a server without the old one's jobs. Drain: workers stay on the old one until it is empty or gone. "
                        + "Follow: they follow at once")
        @Nullable OnMove onMove,

        @JsonPropertyDescription("Where the broker is, for NetworkPolicies, and who reaches it there") @Nullable BrokerNetwork network) {

    /** Those who enqueue; none where nothing is said. */
    public List<Client> enqueuing() {
        return Optional.ofNullable(clients).orElse(List.of());
    }

    /** Whether workers leave jobs behind rather than wait for them. */
    public boolean follows() {
        return onMove == OnMove.Follow;
    }
}
