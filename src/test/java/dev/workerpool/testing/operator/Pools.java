package dev.workerpool.testing.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.testing.jobs.RedisServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** The objects of one namespace, as a person sees them. */
public record Pools(KubernetesClient client, String namespace) {

    /** A Broker named {@code jobs}, by its URL alone. */
    public void createBroker(RedisServer redis) {
        create("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec: {url: {value: "%s"}}
                """.formatted(redis.urlWithoutCredentials()));
    }

    /** As {@code kubectl create}, unknown fields refused. */
    public void create(String yaml) {
        client.load(stream(yaml)).inNamespace(namespace).create();
    }

    /** As {@code kubectl apply --server-side --force-conflicts}. */
    public void apply(String yaml) {
        client.load(stream(yaml))
                .inNamespace(namespace)
                .resources()
                .forEach(resource ->
                        resource.fieldManager("test").forceConflicts().serverSideApply());
    }

    private static InputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** The condition Ready of every Broker that has one. */
    public List<Condition> brokersReady() {
        return client.resources(Broker.class).inNamespace(namespace).list().getItems().stream()
                .filter(broker -> broker.getStatus() != null)
                .flatMap(broker -> Stream.ofNullable(broker.getStatus().conditions()))
                .flatMap(List::stream)
                .filter(condition -> "Ready".equals(condition.getType()))
                .toList();
    }

    public WorkerPool pool(String name) {
        return client.resources(WorkerPool.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    public Broker broker(String name) {
        return client.resources(Broker.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** As a person asks by the annotation, whatever the operator writes meanwhile. */
    public void rotate(String broker, String value) {
        client.resources(Broker.class)
                .inNamespace(namespace)
                .withName(broker)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"workerpool.dev/rotate\": \"%s\"}}}".formatted(value));
    }

    public Optional<Deployment> deployment(String name) {
        return Optional.ofNullable(client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    /** The live replicas; -1 where there is no Deployment. */
    public int replicas(String name) {
        return deployment(name).map(found -> found.getSpec().getReplicas()).orElse(-1);
    }

    public Optional<Condition> condition(String pool, String type) {
        return find(
                Optional.ofNullable(pool(pool).getStatus())
                        .map(WorkerPoolStatus::conditions)
                        .orElse(null),
                type);
    }

    public Optional<Condition> brokerCondition(String broker, String type) {
        return find(
                Optional.ofNullable(broker(broker).getStatus())
                        .map(status -> status.conditions())
                        .orElse(null),
                type);
    }

    private static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
        return Optional.ofNullable(conditions).orElse(List.of()).stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    /** Reasons and messages of the events about an object, oldest first. */
    public List<String> events(String kind, String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> kind.equals(event.getInvolvedObject().getKind())
                        && name.equals(event.getInvolvedObject().getName()))
                // Their times are in whole seconds.
                .sorted(Comparator.comparingLong(
                        event -> Long.parseLong(event.getMetadata().getResourceVersion())))
                .map(event -> event.getType() + " " + event.getReason() + ": " + event.getMessage())
                .toList();
    }

    public void awaitReplicas(String pool, int replicas, Duration atMost) {
        await("Deployment " + pool + " of " + replicas, atMost, () -> replicas(pool) == replicas, pool);
    }

    public void awaitCondition(String pool, String type, Predicate<Condition> as, Duration atMost) {
        await(
                "condition " + type + " of " + pool,
                atMost,
                () -> condition(pool, type).filter(as).isPresent(),
                pool);
    }

    public void awaitBroker(String broker, String type, Predicate<Condition> as, Duration atMost) {
        try {
            Awaitility.await("condition " + type + " of Broker " + broker)
                    .atMost(atMost)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> brokerCondition(broker, type).filter(as).isPresent());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + broker(broker).getStatus(), e);
        }
    }

    private void await(String what, Duration atMost, Callable<Boolean> holds, String pool) {
        try {
            Awaitility.await(what)
                    .atMost(atMost)
                    .pollInterval(Duration.ofMillis(50))
                    .until(holds);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + pool(pool).getStatus() + "\n" + events("WorkerPool", pool), e);
        }
    }
}
