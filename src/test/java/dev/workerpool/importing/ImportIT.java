package dev.workerpool.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.Finished;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command on the real API server. */
@RealControlPlane
class ImportIT {
    /** As much of KEDA as can be read here. */
    private static final String SCALED_OBJECTS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: scaledobjects.keda.sh}
            spec:
              group: keda.sh
              scope: Namespaced
              names: {kind: ScaledObject, plural: scaledobjects, singular: scaledobject}
              versions:
              - name: v1alpha1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    @Test
    void what_is_printed_for_a_Deployment_with_an_HPA_is_taken_as_it_stands(
            ControlPlane cluster, TestNamespace namespace, @TempDir Path folder)
            throws IOException, InterruptedException {
        cluster.apply(namespace, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: mail}
                spec:
                  selector: {matchLabels: {app: mail}}
                  template:
                    metadata: {labels: {app: mail}}
                    spec:
                      containers:
                      - name: main
                        image: example.com/mail:1
                        command: [bundle, exec, sidekiq, -q, mail, -c, "5"]
                        env: [{name: REDIS_URL, valueFrom: {secretKeyRef: {name: redis, key: url}}}]
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: mail}
                spec: {minReplicas: 2, maxReplicas: 17, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: mail}}
                """).succeeded();

        String yaml = printed(cluster, namespace, "deployment/mail", folder, 0);

        assertTrue(yaml.contains("minReplicas: 2\n    maxReplicas: 17"), yaml);
        cluster.kubectlOn(yaml, "apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", "-")
                .succeeded();
        assertEquals("there is no Deployment other\n", printed(cluster, namespace, "deployment/other", folder, 1));
    }

    @Test
    void what_KEDA_scales_keeps_its_bounds_and_its_target(
            ControlPlane cluster, TestNamespace namespace, @TempDir Path folder)
            throws IOException, InterruptedException {
        try {
            cluster.apply(namespace, SCALED_OBJECTS).succeeded();
            cluster.kubectl("wait", "--for=condition=Established", "crd/scaledobjects.keda.sh", "--timeout=60s")
                    .succeeded();
            cluster.apply(namespace, """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: mail}
                    spec:
                      selector: {matchLabels: {app: mail}}
                      template:
                        metadata: {labels: {app: mail}}
                        spec: {containers: [{name: main, image: example.com/mail, command: [sidekiq]}]}
                    ---
                    apiVersion: keda.sh/v1alpha1
                    kind: ScaledObject
                    metadata: {name: mail}
                    spec:
                      scaleTargetRef: {name: mail}
                      minReplicaCount: 3
                      maxReplicaCount: 30
                      triggers: [{type: redis, metadata: {listName: "queue:default", listLength: "25"}}]
                    """).succeeded();

            String yaml = printed(cluster, namespace, "deployment/mail", folder, 0);

            assertTrue(yaml.contains("minReplicas: 3\n    maxReplicas: 30\n    target: {backlogPerWorker: 25}"), yaml);
            assertTrue(yaml.contains("# Look at scaling: something else scales this Deployment now"), yaml);
        } finally {
            cluster.kubectl("delete", "crd", "scaledobjects.keda.sh", "--ignore-not-found");
        }
    }

    /** Both streams of {@code java -jar workerpool-operator.jar import}. */
    private static String printed(
            ControlPlane cluster, TestNamespace namespace, String workload, Path folder, int status)
            throws IOException, InterruptedException {
        Finished java = Finished.in(
                folder,
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-jar",
                Objects.requireNonNull(System.getProperty("workerpool.jar")),
                "import",
                workload,
                "--namespace=" + namespace,
                "--kubeconfig=" + cluster.adminKubeconfig());
        assertEquals(status, java.status(), java.said());
        return java.said();
    }
}
