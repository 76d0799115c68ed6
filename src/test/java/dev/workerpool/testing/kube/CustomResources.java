package dev.workerpool.testing.kube;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Custom resource definitions: the project's, as they stand in its folder {@code crds}, and others'. */
final class CustomResources {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("tests")
            .withForce(true)
            .build();

    private CustomResources() {}

    static void apply(KubernetesClient client) {
        apply(client, Checkout.path("crds"));
    }

    /** Returns when they are served. */
    static List<CustomResourceDefinition> apply(KubernetesClient client, Path folder) {
        List<CustomResourceDefinition> definitions =
                files(folder).stream().map(file -> define(client, file)).toList();
        definitions.forEach(definition -> Waiting.until(
                definition.getMetadata().getName(),
                Duration.ofSeconds(20),
                () -> isEstablished(client, definition),
                () -> {}));
        return definitions;
    }

    private static CustomResourceDefinition define(KubernetesClient client, Path file) {
        var crds = client.apiextensions().v1().customResourceDefinitions();
        return client.resource(crds.load(file.toFile()).item()).patch(APPLY);
    }

    private static boolean isEstablished(KubernetesClient client, CustomResourceDefinition definition) {
        // A definition that has just been created has no conditions yet, or no status.
        return Stream.ofNullable(client.resource(definition).get())
                .flatMap(live -> Stream.ofNullable(live.getStatus()))
                .flatMap(status -> Stream.ofNullable(status.getConditions()))
                .flatMap(List::stream)
                .anyMatch(
                        condition -> "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
