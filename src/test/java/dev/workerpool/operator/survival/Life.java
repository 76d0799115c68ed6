package dev.workerpool.operator.survival;

import dev.workerpool.api.WorkerPool;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What happens to one pool, in a namespace of its own: it is born, work comes, its image changes, its broker is found under another address. */
record Life(KubernetesClient client, String namespace, RedisServer redis) {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String BROKER = """
            apiVersion: workerpool.dev/v1alpha1
            kind: Broker
            metadata: {name: jobs}
            spec: {url: {secretKeyRef: {name: jobs-url, key: REDIS_URL}}}
            """;

    void prepare() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    void end() {
        client.namespaces().withName(namespace).delete();
    }

    /** Returns when the last of it is done. */
    void live() {
        pools().create(urlSecret(redis.url()));
        pools().create(BROKER);
        pools().create(pool());
        settled(0, "v1", 1);
        redis.cli("RPUSH", namespace + ":mail", "a", "b", "c", "d");
        settled(2, "v1", 1);
        client.resources(WorkerPool.class)
                .inNamespace(namespace)
                .withName("mail")
                .patch(PatchContext.of(PatchType.JSON), """
                        [{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "example.com/worker:v2"}]
                        """);
        settled(2, "v2", 1);
        String before = connection();
        pools().apply(urlSecret(redis.url().replace("localhost", "127.0.0.1")));
        await("another connection", () -> !connection().equals(before));
        settled(2, "v2", 1);
    }

    private Pools pools() {
        return new Pools(client, namespace);
    }

    private String connection() {
        var status = pools().broker("jobs").getStatus();
        return status == null || status.proven() == null ? "" : status.proven().connectionSecret();
    }

    private void settled(int replicas, String image, int connections) {
        await(
                "%d of %s".formatted(replicas, image),
                () -> pools().deployment("mail")
                                .filter(live -> isComplete(live, replicas, image))
                                .isPresent()
                        && isReady()
                        && connectionSecrets() == connections);
    }

    private static boolean isComplete(Deployment live, int replicas, String image) {
        return live.getSpec().getReplicas() == replicas
                && live.getSpec().getTemplate().getSpec().getContainers().stream()
                        .anyMatch(container -> container.getImage().endsWith(":" + image))
                && live.getMetadata().getGeneration().equals(live.getStatus().getObservedGeneration());
    }

    private boolean isReady() {
        WorkerPool pool = pools().pool("mail");
        return pools().condition("mail", "Ready")
                .filter(ready -> "True".equals(ready.getStatus())
                        && pool.getMetadata().getGeneration().equals(ready.getObservedGeneration()))
                .isPresent();
    }

    private long connectionSecrets() {
        return client.secrets().inNamespace(namespace).list().getItems().stream()
                .filter(secret -> Boolean.TRUE.equals(secret.getImmutable()))
                .count();
    }

    private void await(String what, java.util.concurrent.Callable<Boolean> holds) {
        Awaitility.await(what + " in " + namespace)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(holds);
    }

    private static String urlSecret(String url) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: jobs-url}
                stringData: {REDIS_URL: "%s"}
                """.formatted(url);
    }

    private String pool() {
        return APool.named("mail")
                .withJobsIn(namespace + ":{queue}", namespace + ":running")
                .withConcurrency(2)
                .with("scaling: {minReplicas: 0, maxReplicas: 5, target: {backlogPerWorker: 3}, idleAfter: 1h}")
                .withImage("example.com/worker:v1")
                .yaml();
    }
}
