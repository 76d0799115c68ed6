package dev.workerpool.importing;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.Optional;

/** A container's environment, as far as its template tells. */
record Variables(Container container) {

    /** A value that is written in the template itself. */
    Optional<String> literal(String name) {
        return find(name).map(EnvVar::getValue).filter(value -> !value.isEmpty());
    }

    Optional<EnvVar> find(String name) {
        return container.getEnv().stream()
                .filter(variable -> name.equals(variable.getName()))
                .reduce((first, second) -> second);
    }

    /** Whether there may be more, in Secrets or ConfigMaps that are taken whole. */
    boolean mayHaveMore() {
        return !container.getEnvFrom().isEmpty();
    }
}
