package dev.workerpool.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which container of a template is the worker: the one named worker, or the only one. */
final class WorkerContainer {
    private static final String NAME = "worker";

    private WorkerContainer() {}

    static boolean isWorker(Container container, List<Container> all) {
        return all.size() == 1 || NAME.equals(container.getName());
    }

    /** Why there is no telling, where there is not. */
    static Optional<String> fault(@Nullable PodTemplateSpec template) {
        if (template == null
                || template.getSpec() == null
                || template.getSpec().getContainers().isEmpty()) {
            return Optional.of("template.spec.containers is empty: the worker's container is missing");
        }
        List<Container> containers = template.getSpec().getContainers();
        if (containers.stream().anyMatch(container -> isWorker(container, containers))) {
            return Optional.empty();
        }
        return Optional.of("which container is the worker? None of "
                + containers.stream().map(Container::getName).collect(Collectors.joining(", "))
                + " is named worker; name it so");
    }
}
