package dev.workerpool.chart;

import static dev.workerpool.chart.ChartValues.CHART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The Kustomize base is the chart as it is when nothing is set, and is taken as it stands. */
@RealControlPlane
class KustomizeIT {
    private static final Path FOLDER = Path.of("helm/kustomize");
    private static final Path GENERATED = FOLDER.resolve("base/operator.yaml");

    @Test
    void the_base_is_what_the_chart_installs_when_nothing_is_set(ControlPlane cluster) throws IOException {
        String chart = "# Generated from the chart; see ../README.md.\n"
                + withoutHelm(rendered(cluster, "crds.install=false"));
        if (System.getProperty("kustomize.update") != null) {
            Files.writeString(GENERATED, chart);
        }
        assertEquals(chart, Files.readString(GENERATED), "mvn verify -Dit.test=KustomizeIT -Dkustomize.update");
    }

    @Test
    void the_base_is_taken_by_the_API_server_in_a_namespace_of_its_users_choice(
            ControlPlane cluster, TestNamespace namespace) throws IOException {
        String built = cluster.kubectl("kustomize", overlay(namespace, "base").toString())
                .succeeded();
        assertTaken(cluster, built);
        assertTrue(built.contains("image: registry.example.com/operator:"), built);
        assertEquals(rights(cluster.admin(), rendered(cluster, "crds.install=true")), rights(cluster.admin(), built));
    }

    @Test
    void the_example_for_one_namespace_has_the_charts_rights_there_and_none_elsewhere(
            ControlPlane cluster, TestNamespace namespace) throws IOException {
        String built = cluster.kubectl(
                        "kustomize", overlay(namespace, "one-namespace").toString())
                .succeeded();
        assertTaken(cluster, built);
        assertTrue(built.contains("--namespace=$(POD_NAMESPACE)"), built);
        assertFalse(built.contains("kind: ClusterRoleBinding"), built);
        assertEquals(
                rights(cluster.admin(), rendered(cluster, "namespaces={workerpool}")), rights(cluster.admin(), built));
    }

    /** As a user writes one. */
    private static Path overlay(TestNamespace namespace, String over) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/kustomize/" + namespace));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %s
                resources: [%s]
                images: [{name: %s, newName: registry.example.com/operator}]
                """.formatted(
                        namespace,
                        folder.relativize(FOLDER.resolve(over)),
                        over.equals("base") ? "workerpool-operator" : "registry.example.com/workerpool-operator"));
        return folder;
    }

    private static void assertTaken(ControlPlane cluster, String built) {
        cluster.kubectlOn(
                        built,
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--dry-run=server",
                        "--validate=strict",
                        "-f",
                        "-")
                .succeeded();
    }

    private static String rendered(ControlPlane cluster, String set) {
        return cluster.helm(
                        "template",
                        "workerpool-operator",
                        CHART,
                        "--namespace=workerpool",
                        "--skip-tests",
                        "--set=image.repository=workerpool-operator," + set)
                .succeeded();
    }

    /** What only Helm has a use for. */
    private static String withoutHelm(String rendered) {
        return rendered.replaceAll("(?m)^ *(helm\\.sh/chart|app\\.kubernetes\\.io/managed-by): .*\\n", "")
                .replaceAll("(?m)^# Source: .*\\n", "");
    }

    /** By kind and name, who may do what; where it is, the user has chosen. */
    private static Map<String, String> rights(KubernetesClient client, String manifest) {
        Map<String, String> rights = new TreeMap<>();
        for (HasMetadata object : objects(client, manifest)) {
            if (object.getApiVersion().startsWith("rbac.")) {
                var all = client.getKubernetesSerialization()
                        .convertValue(object, GenericKubernetesResource.class)
                        .getAdditionalProperties();
                rights.put(
                        object.getKind() + "/" + object.getMetadata().getName(),
                        String.valueOf(all.get("rules")) + all.get("roleRef"));
            }
        }
        return rights;
    }

    private static List<HasMetadata> objects(KubernetesClient client, String manifest) {
        return client.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items();
    }
}
