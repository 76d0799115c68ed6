package dev.workerpool.testing.kube;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

@RealControlPlane
class ControlPlaneIT {

    private static final Set<String> NAMESPACES_SEEN = ConcurrentHashMap.newKeySet();

    @Test
    void aDeploymentOfThreeGetsThreeReadyPods(KubernetesClient client, TestNamespace namespace) {
        Deployment deployment = client.resource(threeSleepers(namespace))
                .inNamespace(namespace.name())
                .create();
        await().atMost(Duration.ofSeconds(30)).until(() -> readyReplicas(client, deployment) == 3);
    }

    @Test
    void anUnboundUserIsRefused(ControlPlane controlPlane, TestNamespace namespace) {
        try (KubernetesClient stranger = controlPlane.clientFor(controlPlane.kubeconfigFor("stranger"))) {
            KubernetesClientException refused = assertThrows(
                    KubernetesClientException.class,
                    () -> stranger.secrets().inNamespace(namespace.name()).list());
            assertEquals(403, refused.getCode());
        }
    }

    @Test
    void theAuditLogShowsARequestOnce(ControlPlane controlPlane, TestNamespace namespace) {
        AuditLog.Mark mark = controlPlane.auditLog().mark();
        controlPlane
                .admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("shown")
                        .endMetadata()
                        .build())
                .inNamespace(namespace.name())
                .create();
        var writes = controlPlane.auditLog().since(mark).stream()
                .filter(entry -> entry.isWrite() && entry.target().namespace().equals(namespace.name()))
                .filter(entry -> entry.user().equals("admin"))
                .toList();
        assertEquals(1, writes.size(), writes.toString());
        assertEquals("create", writes.getFirst().verb());
        assertEquals("configmaps", writes.getFirst().target().resource());
        assertEquals(201, writes.getFirst().code());
        assertTrue(writes.getFirst().userAgent().contains("fabric8"));
    }

    @Test
    void eachTestHasANamespaceOfItsOwn(TestNamespace namespace) {
        assertTrue(NAMESPACES_SEEN.add(namespace.name()), namespace.name());
    }

    @Test
    void eachTestHasANamespaceOfItsOwnSeenFromAnother(TestNamespace namespace) {
        assertTrue(NAMESPACES_SEEN.add(namespace.name()), namespace.name());
    }

    @Test
    void whoShowsNoCredentialsIsRefused(ControlPlane controlPlane) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(controlPlane.url() + "/api")).build();
        try (HttpClient nobody = HttpClient.newBuilder()
                .sslContext(controlPlane.tlsWithoutIdentity())
                .build()) {
            assertEquals(
                    401,
                    nobody.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
    }

    @Test
    void aServiceAccountMayDoWhatIsBoundToIt(ControlPlane controlPlane, TestNamespace namespace) {
        controlPlane
                .kubectl(
                        "create",
                        "rolebinding",
                        "view",
                        "--clusterrole=view",
                        "-n",
                        namespace.name(),
                        "--serviceaccount=" + namespace + ":default")
                .succeeded();
        Path kubeconfig = controlPlane.kubeconfigForServiceAccount(namespace.name(), "default");
        try (KubernetesClient client = controlPlane.clientFor(kubeconfig)) {
            await().atMost(Duration.ofSeconds(5))
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .until(() -> client.pods()
                            .inNamespace(namespace.name())
                            .list()
                            .getItems()
                            .isEmpty());
        }
    }

    @Test
    void whatIsStoredOutlivesAnOutageOfTheApiServer(ControlPlane controlPlane, TestNamespace namespace) {
        controlPlane.stopApiServer();
        Tool.Result during = controlPlane.kubectl("get", "namespace", namespace.name(), "--request-timeout=5s");
        controlPlane.startApiServer();
        assertEquals(1, during.exitCode());
        assertTrue(during.err().contains("refused"), during.err());
        assertEquals(
                "namespace/" + namespace + "\n",
                controlPlane
                        .kubectl("get", "namespace", namespace.name(), "-o", "name")
                        .succeeded());
    }

    @Test
    void theAuditLogShowsAWatchOnceAndFromItsBeginning(ControlPlane controlPlane, TestNamespace namespace) {
        AuditLog.Mark mark = controlPlane.auditLog().mark();
        try (var informer =
                controlPlane.admin().secrets().inNamespace(namespace.name()).inform()) {
            assertEquals(1, watches(controlPlane, mark, namespace));
            assertTrue(informer.isWatching());
        }
        await().during(Duration.ofMillis(300)).until(() -> watches(controlPlane, mark, namespace) == 1);
    }

    @Test
    void kubectlAppliesAManifestAndPrintsWhatAPersonSees(ControlPlane controlPlane, TestNamespace namespace) {
        String manifest = "{apiVersion: v1, kind: ConfigMap, metadata: {name: shown}}";
        assertEquals(
                "configmap/shown created\n",
                controlPlane.apply(namespace, manifest).succeeded());
        assertEquals(
                "configmap/shown unchanged\n",
                controlPlane.apply(namespace, manifest).succeeded());
    }

    private static long watches(ControlPlane controlPlane, AuditLog.Mark mark, TestNamespace namespace) {
        return controlPlane.auditLog().since(mark).stream()
                .filter(entry -> entry.verb().equals("watch") && entry.user().equals("admin"))
                .filter(entry -> entry.target().namespace().equals(namespace.name()))
                .count();
    }

    private static int readyReplicas(KubernetesClient client, Deployment deployment) {
        Integer ready = client.resource(deployment).require().getStatus().getReadyReplicas();
        return ready == null ? 0 : ready;
    }

    private static Deployment threeSleepers(TestNamespace namespace) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("sleepers")
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .withNewSelector()
                .addToMatchLabels("app", "sleepers")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "sleepers")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("sleeper")
                .withImage("example.test/sleeper:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
