package dev.workerpool.testing.kube;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.UUID;

/** The namespace of one test: made for it, and deleted after it without waiting for the end. */
public record TestNamespace(String name) {

    static TestNamespace create(KubernetesClient client) {
        String name = "test-" + UUID.randomUUID().toString().substring(0, 8);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        // Pods are refused until the controller manager has made the account they run as.
        Waiting.until(
                "the default service account of " + name,
                Duration.ofSeconds(20),
                () -> client.serviceAccounts()
                                .inNamespace(name)
                                .withName("default")
                                .get()
                        != null,
                () -> {});
        return new TestNamespace(name);
    }

    /** From now on its pods are refused unless they meet the restricted Pod Security Standard. */
    public void enforceRestricted(KubernetesClient client) {
        client.namespaces()
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"pod-security.kubernetes.io/enforce\": \"restricted\"}}}");
    }

    @Override
    public String toString() {
        return name;
    }
}
