package dev.workerpool.operator.survival;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Collectors;

/** What runs in a namespace, without the names that Kubernetes makes up. */
final class Running {
    private Running() {}

    static String pods(KubernetesClient client, String namespace) {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .map(pod -> images(pod.getSpec()) + " " + pod.getStatus().getPhase())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    static String replicaSets(KubernetesClient client, String namespace) {
        return client.apps().replicaSets().inNamespace(namespace).list().getItems().stream()
                .map(set -> images(set.getSpec().getTemplate().getSpec()) + " "
                        + set.getSpec().getReplicas())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String images(PodSpec spec) {
        return spec.getContainers().stream().map(Container::getImage).collect(Collectors.joining("+"));
    }
}
