package dev.workerpool.tools.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What controller manager, scheduler and node would do for a Deployment: as many ready pods as it says, and its status. */
final class PodMaker implements ResourceEventHandler<Deployment>, AutoCloseable {
    private final KubernetesClient client;
    private final ExecutorService alone = Executors.newSingleThreadExecutor();
    private final SharedIndexInformer<Deployment> deployments;

    @SuppressWarnings("this-escape")
    private PodMaker(KubernetesClient client) {
        this.client = client;
        this.deployments = client.apps().deployments().inAnyNamespace().inform(this);
    }

    static PodMaker start(KubernetesClient client) {
        return new PodMaker(client);
    }

    @Override
    public void onAdd(Deployment deployment) {
        alone.execute(() -> bringInLine(deployment));
    }

    @Override
    public void onUpdate(Deployment before, Deployment now) {
        if (!before.getSpec().getReplicas().equals(now.getSpec().getReplicas())) {
            alone.execute(() -> bringInLine(now));
        }
    }

    @Override
    public void onDelete(Deployment deployment, boolean unknownState) {
        pods(deployment).forEach(pod -> client.resource(pod).delete());
    }

    private void bringInLine(Deployment deployment) {
        try {
            int wanted = deployment.getSpec().getReplicas();
            List<Pod> there = pods(deployment);
            for (int i = there.size(); i < wanted; i++) {
                client.resource(pod(deployment)).create();
            }
            there.stream().skip(wanted).forEach(pod -> client.resource(pod).delete());
            tellStatus(deployment, wanted);
        } catch (KubernetesClientException over) {
            // The stand-in has been closed meanwhile: nobody looks any more.
        }
    }

    private List<Pod> pods(Deployment deployment) {
        return client.pods()
                .inNamespace(deployment.getMetadata().getNamespace())
                .withLabels(deployment.getSpec().getSelector().getMatchLabels())
                .list()
                .getItems();
    }

    private static Pod pod(Deployment deployment) {
        String suffix = UUID.randomUUID().toString().substring(0, 5).toLowerCase(Locale.ROOT);
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName() + "-" + suffix)
                .withLabels(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .endMetadata()
                .withSpec(deployment.getSpec().getTemplate().getSpec())
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addNewContainerStatus()
                .withName("worker")
                .withReady(true)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    /** A patch without a version: the operator writes the same object. */
    private void tellStatus(Deployment deployment, int size) {
        long generation = Objects.requireNonNullElse(deployment.getMetadata().getGeneration(), 1L);
        client.apps()
                .deployments()
                .inNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName())
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"observedGeneration": %1$d, "replicas": %2$d, "updatedReplicas": %2$d,
                                    "readyReplicas": %2$d, "availableReplicas": %2$d}}
                        """.formatted(generation, size));
    }

    @Override
    public void close() {
        deployments.close();
        alone.shutdownNow();
    }
}
