package dev.workerpool.story.badinput;

import dev.workerpool.story.Stage;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A namespace with one operator, one Redis that wants a password, and a healthy {@link Neighbour}, beside whom things go wrong. At
 * the end nobody may have told a password.
 */
final class Neighbourhood {
    static final String PASSWORD = "the-right-p4ssword";

    /** What somebody takes for the password. */
    static final String WRONG_PASSWORD = "the-wr0ng-password";

    /** What each of these pools warns of once its broker is known by TLS: nothing can be mounted into workers of their own framework. */
    static final String OF_ANY_POOL_BY_TLS = "WorkersUnverified";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ControlPlane cluster;
    private final TestNamespace namespace;
    private final RedisServer redis;
    private final PackagedOperator operator;
    private final Pools pools;
    private final Neighbour neighbour;

    private Neighbourhood(ControlPlane cluster, TestNamespace namespace, RedisServer redis, PackagedOperator operator) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.redis = redis;
        this.operator = operator;
        this.pools = new Pools(cluster.admin(), namespace.name());
        this.neighbour = new Neighbour(this);
    }

    /** Returns when the neighbour has moved in. */
    static Neighbourhood of(ControlPlane cluster, TestNamespace namespace) {
        RedisServer redis = RedisServer.start(RedisOptions.plain().withPassword(PASSWORD));
        Optional<PackagedOperator> operator = Optional.empty();
        try {
            operator = Optional.of(Stage.operator(cluster, namespace));
            Neighbourhood all = new Neighbourhood(cluster, namespace, redis, operator.get());
            all.neighbour.movesIn();
            return all;
        } catch (RuntimeException | AssertionError e) {
            operator.ifPresent(PackagedOperator::close);
            redis.close();
            throw e;
        }
    }

    /** A pool at a Broker, of one worker for each job. */
    static APool pool(String name, String broker) {
        return APool.named(name)
                .of(broker)
                .with("scaling: {minReplicas: 1, maxReplicas: 99, target: {backlogPerWorker: 1}}");
    }

    Neighbour neighbour() {
        return neighbour;
    }

    RedisServer redis() {
        return redis;
    }

    Pools pools() {
        return pools;
    }

    Told broker(String name) {
        return new Told(pools, "Broker", name);
    }

    Told pool(String name) {
        return new Told(pools, "WorkerPool", name);
    }

    /** {@code kubectl apply}. */
    void apply(String manifest) {
        cluster.apply(namespace, manifest).succeeded();
    }

    String kubectl(String... words) {
        return cluster.kubectl(Stream.concat(Stream.of("--namespace=" + namespace), Stream.of(words))
                        .toArray(String[]::new))
                .succeeded();
    }

    void secret(String name, String key, String value) {
        apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData: {%s: "%s"}
                """.formatted(name, key, value));
    }

    /** A ConfigMap of certificates, in its key ca.crt. */
    void bundle(String name, String pem) {
        apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: {ca.crt: "%s"}
                """.formatted(name, pem.replace("\n", "\\n")));
    }

    /** A Broker with its URL in the key url of a Secret, and more lines of its spec. */
    void brokerBySecret(String name, String secret, String... specLines) {
        apply("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: %s}
                spec:
                  url: {secretKeyRef: {name: %s, key: url}}
                  %s
                """.formatted(name, secret, String.join("\n  ", specLines)));
    }

    void enqueue(String pool, int jobs) {
        List<String> command = new ArrayList<>(List.of("RPUSH", "jobs:" + pool));
        command.addAll(Stream.generate(() -> "job").limit(jobs).toList());
        redis.cli(command.toArray(String[]::new));
    }

    void awaitReplicas(String pool, int replicas) {
        pools.awaitReplicas(pool, replicas, PATIENCE);
    }

    /** Ends it, having looked for passwords. */
    void end() {
        try (redis;
                operator) {
            new WhatAnyoneReads(this, operator).holdsNone(List.of(PASSWORD, WRONG_PASSWORD));
        }
    }
}
