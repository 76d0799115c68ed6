package dev.workerpool.tools.bench;

import static org.awaitility.Awaitility.await;

import dev.workerpool.api.WorkerPool;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.Checkout;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.operator.ChartAccount;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything that takes part: control plane, Redis, one namespace with a Broker, and the operator with the chart's rights. */
final class Arena implements AutoCloseable {
    static final String NAMESPACE = "bench";

    /** The image's own; there the heap is a share of the container's memory. */
    private static final String JVM_OPTIONS = "@" + Checkout.path("src/main/image/java.options");

    private final ControlPlane cluster;
    private final Plan plan;
    private final RedisServer redis;
    private final RedisView view;
    private final PackagedOperator operator;
    private final Pools pools;

    private Arena(ControlPlane cluster, Plan plan, RedisServer redis) {
        this.cluster = cluster;
        this.plan = plan;
        this.redis = redis;
        cluster.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        view = new RedisView(redis.url());
        pools = new Pools(cluster.admin(), NAMESPACE);
        pools.create("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec: {url: {value: "%s"}, pollInterval: %s}
                """.formatted(redis.urlWithoutCredentials(), plan.pollInterval()));
        operator = PackagedOperator.startWith(
                List.of(JVM_OPTIONS, "-Xmx" + plan.heap()),
                ChartAccount.namespaced(cluster, NAMESPACE).kubeconfig(),
                "--namespace=" + NAMESPACE,
                "--lease-namespace=" + NAMESPACE);
        pools.awaitBroker("jobs", "Ready", ready -> "True".equals(ready.getStatus()), Duration.ofMinutes(1));
    }

    static Arena open(ControlPlane cluster, Plan plan) {
        RedisServer redis = RedisServer.plain();
        try {
            return new Arena(cluster, plan, redis);
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    static String pool(int number) {
        return "pool-" + number;
    }

    /** At rest at zero, one job a worker, eight workers at most; its queue has its name. */
    void createPool(int number) {
        pools.create(APool.named(pool(number))
                .ofFramework(plan.keys().specLines().toArray(String[]::new))
                .with("scaling: {minReplicas: 0, maxReplicas: 8, idleAfter: 10s, target: {backlogPerWorker: 1}}")
                .withWorkers()
                .yaml());
    }

    /** Of a pool that is there for this alone, and gone afterwards. */
    BareObjects bareObjects() {
        String sample = pool(plan.pools());
        createPool(plan.pools());
        pools.awaitCondition(sample, "Ready", ready -> "True".equals(ready.getStatus()), Duration.ofMinutes(1));
        BareObjects objects = new BareObjects(cluster.admin(), sample);
        cluster.admin()
                .resources(WorkerPool.class)
                .inNamespace(NAMESPACE)
                .withName(sample)
                .delete();
        return objects;
    }

    void enqueue(int number, int jobs) {
        String queue = pool(number);
        String[] all = new String[jobs];
        for (int i = 0; i < jobs; i++) {
            all[i] = plan.keys().job(queue, System.nanoTime() + i);
        }
        view.commands().lpush(plan.keys().list(queue), all);
    }

    /** By a watch: to list thousands of pools again and again would be a load of its own. */
    void awaitReady(Runnable creates) {
        try (SharedIndexInformer<WorkerPool> seen = cluster.admin()
                .resources(WorkerPool.class)
                .inNamespace(NAMESPACE)
                .inform()) {
            creates.run();
            await(plan.pools() + " pools that are Ready")
                    .atMost(Duration.ofMinutes(30))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> seen.getStore().list().stream()
                                    .filter(Arena::isReady)
                                    .count()
                            == plan.pools());
        }
    }

    private static boolean isReady(WorkerPool pool) {
        return pool.getStatus() != null
                && pool.getStatus().conditions() != null
                && pool.getStatus().conditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** What the operator has asked the API server since, by verb and resource. */
    Map<String, Long> requestsSince(AuditLog.Mark mark) {
        String user = ChartAccount.user(NAMESPACE);
        return cluster.auditLog().since(mark).stream()
                .filter(entry -> entry.user().equals(user))
                .map(entry -> entry.verb() + " " + entry.target().resource()
                        + (entry.target().subresource().isEmpty()
                                ? ""
                                : "/" + entry.target().subresource()))
                .collect(Collectors.groupingBy(what -> what, TreeMap::new, Collectors.counting()));
    }

    ControlPlane cluster() {
        return cluster;
    }

    Plan plan() {
        return plan;
    }

    RedisView redis() {
        return view;
    }

    ProcessHandle operator() {
        return operator.handle();
    }

    @Override
    public void close() {
        operator.close();
        view.close();
        redis.close();
        cluster.admin().namespaces().withName(NAMESPACE).delete();
    }
}
