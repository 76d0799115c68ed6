package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must run exactly once beside a pool's workers, such as a scheduler that enqueues. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "a singleton's name must be a DNS label: lower case letters, digits and '-'",
        fieldPath = ".name")
public record Singleton(
        @Required
        @Size(min = 1, max = 50) @JsonPropertyDescription("Its name. Its StatefulSet is <pool>-<name>, its pod <pool>-<name>-0")
        String name,

        @Required
        @Size(min = 1, max = 64) @JsonPropertyDescription("Its command, in place of the worker's, such as [celery, -A, shop.worker, beat]")
        List<String> command,

        @Size(max = 64) @JsonPropertyDescription(
                "What follows the command. Celery's beat is given --schedule=/var/run/workerpool/schedule/celerybeat-schedule, "
                        + "a file in a writable folder, unless it is said here")
        @Nullable List<String> args) {

    public List<String> arguments() {
        return Optional.ofNullable(args).orElse(List.of());
    }

    /** The whole command line, as its author wrote it. */
    public List<String> words() {
        return Stream.concat(command.stream(), arguments().stream()).toList();
    }
}
