package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which keys hold the work of a framework that has no record of its own. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.waiting.all(k, self.waiting.exists_one(o, o.key == k.key))",
        message = "the keys must differ: what stands twice would be counted twice",
        fieldPath = ".waiting")
@ValidationRule(
        value = "!has(self.running) || self.running.all(k, self.running.exists_one(o, o.key == k.key))",
        message = "the keys must differ: what stands twice would be counted twice",
        fieldPath = ".running")
@ValidationRule(
        value = "!has(self.running) || !self.running.exists(k, self.waiting.exists(o, o.key == k.key))",
        message = "a key holds either waiting or running jobs: it must not be in waiting and in running",
        fieldPath = ".running")
public record Custom(
        @Required @Size(min = 1, max = 16) @JsonPropertyDescription("Keys whose members wait to be taken")
        List<Key> waiting,

        @Size(min = 1, max = 16) @JsonPropertyDescription("Keys whose members are being worked on") @Nullable List<Key> running,

        @Size(max = 128) @Pattern(Api.VARIABLE) @JsonPropertyDescription(
                "A variable that is to hold the URL of its broker beside WORKERPOOL_BROKER_URL, where the application reads another")
        @Nullable String urlVariable) {

    /** One key, or one a queue. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Key(
            @Required
            @JsonPropertyDescription("List (LLEN), Set (SCARD), SortedSet (ZCARD), Hash (HLEN) or Stream (XLEN)")
            KeyType type,

            @Required
            @Size(min = 1, max = 512) @JsonPropertyDescription("The key; {queue} stands for the name of each queue, such as jobs:{queue}")
            String key) {}

    /** The types of Redis whose members can be counted by one command. */
    public enum KeyType {
        List,
        Set,
        SortedSet,
        Hash,
        Stream
    }
}
