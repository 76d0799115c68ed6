package dev.workerpool.api;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The CRDs, made from the records. */
final class Crds {
    static final List<Class<? extends CustomResource<?, ?>>> TYPES = List.of(Broker.class, WorkerPool.class);

    private Crds() {}

    /** File name under crds/ to its content. */
    static Map<String, String> generated() throws IOException {
        Path folder = Files.createTempDirectory("crds");
        try {
            TYPES.forEach(type -> generate(type, folder));
            return contents(folder);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> file.toFile().delete());
            }
            Files.delete(folder);
        }
    }

    static List<CustomResourceDefinition> definitions() throws IOException {
        return generated().values().stream()
                .map(yaml -> Serialization.unmarshal(yaml, CustomResourceDefinition.class))
                .toList();
    }

    private static void generate(Class<? extends CustomResource<?, ?>> type, Path folder) {
        new CRDGenerator()
                .customResourceClasses(type)
                .withMinQuotes(true)
                .withPostProcessor(new CrdRefinement(type))
                .forCRDVersions("v1")
                .inOutputDir(folder.toFile())
                .detailedGenerate();
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(file -> contents.put(checkedInName(file), read(file)));
        }
        return contents;
    }

    private static String checkedInName(Path file) {
        return String.valueOf(file.getFileName()).replace("-v1.yml", ".yaml");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
