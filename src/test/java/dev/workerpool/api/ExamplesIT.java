package dev.workerpool.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in examples/ can be applied as it is; what stands below it needs Argo CD or Flux. */
@RealControlPlane
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("examples");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void is_accepted_whole_and_can_be_read(Path example, ControlPlane controlPlane, TestNamespace namespace)
            throws IOException {
        String manifest = Files.readString(example);
        long documents = manifest.lines().filter("---"::equals).count() + 1;
        String said = controlPlane.apply(namespace, manifest).succeeded();
        assertEquals(
                documents,
                said.lines().filter(line -> line.endsWith(" created")).count(),
                said);
        WorkerPool pool = onlyPool(controlPlane, namespace);
        assertNotNull(controlPlane
                .admin()
                .resources(Broker.class)
                .inNamespace(namespace.name())
                .withName(pool.getSpec().brokerRef().name())
                .require()
                .getSpec()
                .url());
    }

    @Test
    void the_autoscaler_reads_the_scale_of_a_pool(ControlPlane controlPlane, TestNamespace namespace)
            throws IOException {
        controlPlane
                .apply(namespace, Files.readString(EXAMPLES.resolve("hpa.yaml")))
                .succeeded();
        controlPlane
                .kubectl(
                        "patch",
                        "wp/reports",
                        "-n",
                        namespace.name(),
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\": {\"replicas\": 1, \"selector\": \"app=reports\"}}")
                .succeeded();
        // With minReplicas: 2 the autoscaler sets 2 without waiting for a metric; it looks every 15 s.
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> Integer.valueOf(2)
                        .equals(onlyPool(controlPlane, namespace).getSpec().replicas()));
    }

    private static WorkerPool onlyPool(ControlPlane controlPlane, TestNamespace namespace) {
        List<WorkerPool> pools = controlPlane
                .admin()
                .resources(WorkerPool.class)
                .inNamespace(namespace.name())
                .list()
                .getItems();
        assertEquals(1, pools.size());
        return pools.getFirst();
    }
}
