package dev.workerpool.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An environment variable that a container sets twice. The API server takes it in a create and refuses it in every
 * later server-side apply: better to say so before anything is created.
 */
final class RepeatedVariables {
    private RepeatedVariables() {}

    /** Which container and which variable, a sentence for people. */
    static Optional<String> fault(PodTemplateSpec template) {
        return Stream.concat(
                        template.getSpec().getInitContainers().stream(), template.getSpec().getContainers().stream())
                .flatMap(container -> fault(container).stream())
                .findFirst();
    }

    private static Optional<String> fault(Container container) {
        Set<String> seen = new HashSet<>();
        return container.getEnv().stream()
                .map(EnvVar::getName)
                .filter(name -> !seen.add(name))
                .findFirst()
                .map(name -> "container %s sets the environment variable %s twice: leave one of the two"
                        .formatted(container.getName(), name));
    }
}
