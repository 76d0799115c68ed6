package dev.workerpool.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kube.Tool;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kustomize components for who enqueues change what has their label, and only where they can. That it then verifies, ProducersIT shows. */
@RealControlPlane
class ClientComponentIT {
    private static final Path EXAMPLE = Path.of("examples/gitops/producer");
    private static final Path COMPONENTS = Path.of("helm/kustomize/client");

    @Test
    void the_example_is_taken_by_the_API_server(ControlPlane cluster, TestNamespace namespace) {
        String built = cluster.kubectl("kustomize", EXAMPLE.toString()).succeeded();
        cluster.apply(namespace, built).succeeded();
        assertTrue(!built.contains("ConfigMap") && !built.contains("SECRET"), built);
    }

    @ParameterizedTest
    @ValueSource(strings = {"celery", "rq", "sidekiq", "bullmq"})
    void what_an_app_has_of_its_own_stays(String framework, ControlPlane cluster, TestNamespace namespace)
            throws IOException {
        String own = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop%s}
                spec:
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop}}
                    spec:
                      containers:
                      - name: shop
                        image: example.com/shop:1.0
                        command: [serve, --port=80]
                        env: [{name: REDIS_CACHE, value: "redis://cache"}]
                        volumeMounts: [{name: tmp, mountPath: /tmp}]
                      - {name: log, image: example.com/log:1.0}
                      volumes: [{name: tmp, emptyDir: {}}]
                """;
        String labelled = own.formatted(", labels: {workerpool.dev/client: web}");
        Deployment built = Serialization.unmarshal(
                built(cluster, namespace, framework, labelled).succeeded(), Deployment.class);
        Deployment before = Serialization.unmarshal(labelled, Deployment.class);
        var container = built.getSpec().getTemplate().getSpec().getContainers().getFirst();
        assertEquals(List.of("serve", "--port=80"), container.getCommand().subList(2, 4));
        assertTrue(container.getEnv().stream().anyMatch(variable -> "REDIS_CACHE".equals(variable.getName())));
        assertTrue(container.getVolumeMounts().stream().anyMatch(mount -> "/tmp".equals(mount.getMountPath())));
        assertEquals(
                before.getSpec().getTemplate().getSpec().getContainers().getLast(),
                built.getSpec().getTemplate().getSpec().getContainers().getLast());

        String other = own.formatted("");
        assertEquals(
                Serialization.unmarshal(other, Deployment.class),
                Serialization.unmarshal(
                        built(cluster, namespace, framework, other).succeeded(), Deployment.class));
    }

    @Test
    void a_command_that_nobody_knows_fails_the_build(ControlPlane cluster, TestNamespace namespace) throws IOException {
        Tool.Result built = built(cluster, namespace, "sidekiq", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, labels: {workerpool.dev/client: web}}
                spec: {template: {spec: {containers: [{name: shop, image: "example.com/shop:1.0"}]}}}
                """);
        assertNotEquals(0, built.exitCode());
        assertTrue(built.err().contains("command"), built.err());
    }

    private static Tool.Result built(ControlPlane cluster, TestNamespace namespace, String framework, String manifest)
            throws IOException {
        Path folder = Files.createDirectories(Path.of("target/kustomize/" + namespace + "-client"));
        Files.writeString(folder.resolve("web.yaml"), manifest);
        Files.writeString(
                folder.resolve("client.yaml"),
                Files.readString(EXAMPLE.resolve("client.yaml")) + "  variable: REDIS_URL\n");
        Files.writeString(
                folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [web.yaml, client.yaml]
                components: [%s]
                """.formatted(folder.relativize(COMPONENTS.resolve(framework))));
        return cluster.kubectl("kustomize", folder.toString());
    }
}
