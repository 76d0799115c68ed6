package dev.workerpool.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.workerpool.api.WorkerPool;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The Deployments and singletons of the examples, as this version renders them. Where one of them changes, an upgrade of the operator meets
 * Deployments that it would render otherwise: see docs/design/upgrades.md before {@code mvn test -Dtest=GoldenDeploymentsTest
 * -Dgolden.update}.
 */
class GoldenDeploymentsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Map<String, Proven> CONNECTIONS = Map.of(
            "plain", new Proven("jobs-connection-1", Optional.empty()),
            "tls", new Proven("jobs-connection-1", Optional.of("jobs-trust-1")));

    @Test
    void the_examples_are_rendered_as_ever() throws IOException {
        Map<String, String> rendered = rendered();
        if (System.getProperty("golden.update") != null) {
            for (Map.Entry<String, String> file : rendered.entrySet()) {
                Files.writeString(GOLDEN.resolve(file.getKey()), file.getValue());
            }
        }
        assertEquals(rendered, kept());
    }

    private static Map<String, String> rendered() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path example : yamls(Path.of("examples"))) {
            for (WorkerPool pool : pools(example)) {
                CONNECTIONS.forEach((name, proven) -> files.put(
                        String.valueOf(example.getFileName()).replace(".yaml", "-" + name + ".yaml"),
                        Serialization.asYaml(objects(settings(pool), proven))));
            }
        }
        return files;
    }

    /** The Deployment, and what runs once beside it. */
    private static Object objects(PoolSettings settings, Proven proven) {
        Deployment deployment = PoolObjects.deployment(settings, proven, 0);
        List<HasMetadata> all = new ArrayList<>(List.of(deployment));
        SingletonObjects.asked(settings)
                .forEach(singleton -> all.add(SingletonObjects.statefulSet(settings, proven, singleton)));
        return all.size() == 1 ? deployment : all;
    }

    private static Map<String, String> kept() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path file : yamls(GOLDEN)) {
            files.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
        return files;
    }

    /** Those that run Deployments of their own. */
    private static List<WorkerPool> pools(Path example) throws IOException {
        List<WorkerPool> pools = new ArrayList<>();
        Arrays.stream(Files.readString(example).split("(?m)^---$"))
                .filter(document -> document.contains("kind: WorkerPool") && document.contains("template:"))
                .map(document -> Serialization.unmarshal(document, WorkerPool.class))
                .forEach(pools::add);
        return pools;
    }

    private static PoolSettings settings(WorkerPool pool) {
        pool.getMetadata().setNamespace("shop");
        pool.getMetadata().setUid("0d5fdcb8-3d6a-4f5e-9d3a-0123456789ab");
        return assertInstanceOf(PoolSettings.Parsed.Valid.class, PoolParser.parse(pool))
                .settings();
    }

    private static List<Path> yamls(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
