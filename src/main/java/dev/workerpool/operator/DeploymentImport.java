package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import dev.workerpool.importing.Import;
import dev.workerpool.importing.Sizes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a Deployment, and what scales it now, for {@link Import}. Writes nothing. */
public final class DeploymentImport {
    private static final int SOME_BACKLOG = 10;

    private final KubernetesClient client;
    private final String namespace;

    private DeploymentImport(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * The YAML; empty where there is no such Deployment.
     *
     * @param kubeconfig the user's own configuration where empty
     * @param namespace that of the configuration where empty
     * @throws IllegalStateException where the API server refuses to tell, with its words
     */
    public static Optional<String> of(Optional<Path> kubeconfig, Optional<String> namespace, String name) {
        try (KubernetesClient client = KubernetesConnection.unguarded(kubeconfig)) {
            String where = namespace
                    .or(() -> Optional.ofNullable(client.getNamespace()))
                    .orElse("default");
            return new DeploymentImport(client, where).of(name);
        } catch (KubernetesClientException e) {
            throw new IllegalStateException("the API server does not tell: " + Refusals.message(e), e);
        }
    }

    private Optional<String> of(String name) {
        return Optional.ofNullable(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(deployment -> Import.of(deployment, sizes(deployment)));
    }

    private Optional<Sizes> sizes(Deployment deployment) {
        String name = deployment.getMetadata().getName();
        return Stream.concat(scaledObjects(name), autoscalers(name)).findFirst();
    }

    private Stream<Sizes> autoscalers(String deployment) {
        return client.autoscaling().v2().horizontalPodAutoscalers().inNamespace(namespace).list().getItems().stream()
                .filter(scaler ->
                        "Deployment".equals(scaler.getSpec().getScaleTargetRef().getKind())
                                && deployment.equals(
                                        scaler.getSpec().getScaleTargetRef().getName()))
                .map(scaler -> new Sizes(
                        Optional.ofNullable(scaler.getSpec().getMinReplicas()).orElse(1),
                        scaler.getSpec().getMaxReplicas(),
                        SOME_BACKLOG));
    }

    /** KEDA's, where the cluster has them and lets this user see them. */
    private Stream<Sizes> scaledObjects(String deployment) {
        if (!client.hasApiGroup("keda.sh", true)) {
            return Stream.empty();
        }
        try {
            return client
                    .genericKubernetesResources("keda.sh/v1alpha1", "ScaledObject")
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .stream()
                    .filter(object -> deployment.equals(object.get("spec", "scaleTargetRef", "name")))
                    .map(DeploymentImport::sizes);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HTTP_FORBIDDEN) {
                return Stream.empty();
            }
            throw e;
        }
    }

    private static Sizes sizes(GenericKubernetesResource scaledObject) {
        List<?> triggers = Optional.<List<?>>ofNullable(scaledObject.get("spec", "triggers"))
                .orElse(List.of());
        Object length = triggers.isEmpty() ? null : scaledObject.get("spec", "triggers", 0, "metadata", "listLength");
        return new Sizes(
                number(scaledObject.get("spec", "minReplicaCount"), 0),
                number(scaledObject.get("spec", "maxReplicaCount"), 100),
                number(length, SOME_BACKLOG));
    }

    private static int number(@Nullable Object value, int otherwise) {
        String text = String.valueOf(value);
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
    }
}
