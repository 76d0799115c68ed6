package dev.workerpool.story;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.ChartAccount;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A namespace with a Broker named jobs and an operator that looks after this namespace alone. */
public final class Stage implements AutoCloseable {
    private final ControlPlane cluster;
    private final TestNamespace namespace;
    private final RedisServer redis;
    private final PackagedOperator operator;
    private final Pools pools;

    private Stage(ControlPlane cluster, TestNamespace namespace, RedisServer redis, PackagedOperator operator) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.redis = redis;
        this.operator = operator;
        this.pools = new Pools(cluster.admin(), namespace.name());
    }

    /** The Broker has a plain Redis of its own. */
    static Stage of(ControlPlane cluster, TestNamespace namespace) {
        RedisServer redis = RedisServer.plain();
        try {
            Stage stage = new Stage(cluster, namespace, redis, operator(cluster, namespace));
            stage.pools.createBroker(redis);
            return stage;
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    /** @param settings values of the chart that gives it its rights, as {@code name=value} */
    public static PackagedOperator operator(ControlPlane cluster, TestNamespace namespace, String... settings) {
        return PackagedOperator.start(
                ChartAccount.namespaced(cluster, namespace.name(), settings).kubeconfig(),
                "--namespace=" + namespace,
                "--lease-namespace=" + namespace);
    }

    Pools pools() {
        return pools;
    }

    RedisServer redis() {
        return redis;
    }

    PackagedOperator operator() {
        return operator;
    }

    /** As a person types it, in the stage's namespace. */
    String kubectl(String... words) {
        return cluster.kubectl(Stream.concat(Stream.of("--namespace=" + namespace), Stream.of(words))
                        .toArray(String[]::new))
                .succeeded();
    }

    /** {@code kubectl apply}. */
    void apply(String manifest) {
        cluster.apply(namespace, manifest).succeeded();
    }

    void enqueue(String pool, int jobs) {
        List<String> command = new ArrayList<>(List.of("RPUSH", "jobs:" + pool));
        command.addAll(Stream.generate(() -> "job").limit(jobs).toList());
        redis.cli(command.toArray(String[]::new));
    }

    AuditLog.Mark mark() {
        return cluster.auditLog().mark();
    }

    /** What the operator has written since, its lease aside: verb, resource and name. */
    List<String> writesSince(AuditLog.Mark mark) {
        return cluster.auditLog().since(mark).stream()
                .filter(entry -> entry.isWrite() && entry.user().equals(ChartAccount.user(namespace.name())))
                .map(AuditEntry::target)
                .filter(target -> !target.resource().equals("leases"))
                .map(target -> Stream.of(target.resource(), target.subresource(), target.name())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("/")))
                .toList();
    }

    @Override
    public void close() {
        operator.close();
        redis.close();
    }
}
