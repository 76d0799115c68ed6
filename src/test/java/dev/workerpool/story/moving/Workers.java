package dev.workerpool.story.moving;

import dev.workerpool.testing.kube.Checkout;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pool of two real pods whose image's app is replaced by the one of {@code src/test/apps/ledger}.
 *
 * @param app its file
 * @param framework lines of the pool's spec
 * @param container how the image is to be run
 */
record Workers(String pool, String app, List<String> framework, List<String> container) {
    static final int REPLICAS = 2;
    static final int CONCURRENCY = 2;

    Workers {
        framework = List.copyOf(framework);
        container = List.copyOf(container);
    }

    static Workers celery(String pool) {
        return new Workers(
                pool,
                "tasks.py",
                List.of("framework: Celery", "celery: {app: tasks}"),
                List.of("image: local.test/celery:1"));
    }

    static Workers sidekiq(String pool) {
        return new Workers(
                pool,
                "app.rb",
                List.of("framework: Sidekiq"),
                List.of("image: local.test/sidekiq:1", "command: [sidekiq, -r, ./app.rb]"));
    }

    /** What a person mounts; made before the pool. */
    void mount(KubernetesClient client, String namespace) {
        try {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(pool + "-app")
                            .endMetadata()
                            .addToData(app, Files.readString(Checkout.path("src/test/apps/ledger", app)))
                            .build())
                    .inNamespace(namespace)
                    .create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param environment of the worker, as YAML list items */
    String yaml(String environment) {
        return """
                apiVersion: workerpool.dev/v1alpha1
                kind: WorkerPool
                metadata: {name: %1$s}
                spec:
                  brokerRef: {name: jobs}
                  %2$s
                  queues: [{name: %1$s}]
                  concurrency: %7$d
                  replicas: %3$d
                  drainTimeout: 30s
                  template:
                    spec:
                      hostNetwork: true
                      nodeSelector: {workerpool.test/node: real}
                      securityContext: {runAsNonRoot: true, runAsUser: 10001}
                      volumes: [{name: app, configMap: {name: %1$s-app}}]
                      containers:
                      - name: worker
                        %4$s
                        env: [%5$s]
                        volumeMounts: [{name: app, mountPath: /app/%6$s, subPath: %6$s}]
                """.formatted(
                        pool,
                        String.join("\n  ", framework),
                        REPLICAS,
                        String.join("\n        ", container),
                        environment,
                        app,
                        CONCURRENCY);
    }

    /** Those that are ending included. */
    Set<String> names(KubernetesClient client, String namespace) {
        return pods(client, namespace).stream()
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether none of those is left, and as many others work. */
    boolean haveReplaced(Set<String> old, KubernetesClient client, String namespace) {
        List<Pod> pods = pods(client, namespace);
        return pods.size() == REPLICAS
                && pods.stream().noneMatch(pod -> old.contains(pod.getMetadata().getName()))
                && pods.stream().allMatch(Readiness::isPodReady);
    }

    private List<Pod> pods(KubernetesClient client, String namespace) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("workerpool.dev/pool", pool)
                .list()
                .getItems();
    }
}
