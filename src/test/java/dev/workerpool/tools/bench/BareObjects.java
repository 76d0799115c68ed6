package dev.workerpool.tools.bench;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * The objects that pools consist of, made by clients that do nothing else: how long this control plane takes for them, whoever
 * wants them.
 */
final class BareObjects {
    private static final String NAMESPACE = "bench-floor";
    private static final String LABEL = "bare";

    private final KubernetesClient client;
    private final Deployment deployment;
    private final PodDisruptionBudget budget;

    /** They are shaped as those of this pool. */
    BareObjects(KubernetesClient client, String pool) {
        this.client = client;
        this.deployment = client.apps()
                .deployments()
                .inNamespace(Arena.NAMESPACE)
                .withName(pool)
                .require();
        this.budget = client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(Arena.NAMESPACE)
                .withName(pool)
                .require();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Seconds from the first create until the last Deployment was seen to by its controller. */
    double seconds(int pools, int creators) {
        long began = System.nanoTime();
        try (SharedIndexInformer<Deployment> seen =
                        client.apps().deployments().inNamespace(NAMESPACE).inform();
                ExecutorService threads = Executors.newFixedThreadPool(creators)) {
            IntStream.range(0, pools)
                    .mapToObj(number -> CompletableFuture.runAsync(() -> create("bare-" + number), threads))
                    .toList()
                    .forEach(CompletableFuture::join);
            await("bare Deployments")
                    .atMost(Duration.ofMinutes(30))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> seen.getStore().list().stream()
                                    .filter(BareObjects::isObserved)
                                    .count()
                            == pools);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static boolean isObserved(Deployment made) {
        return made.getStatus() != null && made.getStatus().getObservedGeneration() != null;
    }

    private void create(String name) {
        Map<String, String> labels = Map.of(LABEL, name);
        HasMetadata account =
                new ServiceAccountBuilder().withMetadata(meta(name, labels)).build();
        HasMetadata guard = new PodDisruptionBudgetBuilder(budget)
                .withMetadata(meta(name, labels))
                .editSpec()
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .endSpec()
                .withStatus(null)
                .build();
        HasMetadata made = new DeploymentBuilder(deployment)
                .withMetadata(meta(name, labels))
                .editSpec()
                .withReplicas(0)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .editTemplate()
                .withMetadata(new ObjectMetaBuilder().withLabels(labels).build())
                .endTemplate()
                .endSpec()
                .withStatus(null)
                .build();
        List.of(account, guard, made).forEach(object -> client.resource(object).create());
    }

    private static ObjectMeta meta(String name, Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withLabels(labels)
                .build();
    }
}
