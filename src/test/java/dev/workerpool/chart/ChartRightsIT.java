package dev.workerpool.chart;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.api.Broker;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.ChartAccount;
import dev.workerpool.testing.operator.ChartRights;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged operator with the rights that the chart gives it: it needs no others, and each of them. */
@RealControlPlane
class ChartRightsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void looking_after_one_namespace_nothing_is_forbidden_and_no_right_is_left_over(
            ControlPlane cluster, TestNamespace namespace) {
        try (ChartAccount account = ChartAccount.namespaced(cluster, namespace.name())) {
            List<AuditEntry> asked = asked(cluster, account, namespace, "--namespace=" + namespace);
            assertEquals(List.of(), ChartRights.forbidden(asked));
            assertEquals(
                    Set.of(), ChartRights.leftOver(asked, "rules.yaml", "lease-rules.yaml"), "granted and never used");
        }
    }

    @Test
    void looking_after_all_namespaces_nothing_is_forbidden(ControlPlane cluster, TestNamespace namespace) {
        try (ChartAccount account = ChartAccount.clusterWide(cluster, namespace.name())) {
            assertEquals(List.of(), ChartRights.forbidden(asked(cluster, account, namespace)));
        }
    }

    /** What the operator asked of the API server while everything happened that it has rights for. */
    private static List<AuditEntry> asked(
            ControlPlane cluster, ChartAccount account, TestNamespace namespace, String... options) {
        AuditLog.Mark before = cluster.auditLog().mark();
        try (RedisServer redis = RedisServer.plain();
                PackagedOperator operator = PackagedOperator.start(
                        account.kubeconfig(),
                        Stream.concat(Stream.of("--lease-namespace=" + namespace), Stream.of(options))
                                .toArray(String[]::new))) {
            happens(
                    new Pools(cluster.admin(), namespace.name()),
                    redis,
                    command -> cluster.kubectl(
                                    Stream.concat(Stream.of("--namespace=" + namespace), Stream.of(command.split(" ")))
                                            .toArray(String[]::new))
                            .succeeded());
            assertEquals(143, operator.stop(), "ended by SIGTERM, in good order");
        }
        // What other tests have left goes with its namespace, in which nothing may be created any more.
        return cluster.auditLog().since(before).stream()
                .filter(entry -> entry.user().equals(account.user()))
                .filter(entry ->
                        Set.of("", namespace.name()).contains(entry.target().namespace()))
                .toList();
    }

    /** As a person types it behind {@code kubectl}, in the namespace; returns what he sees. */
    @FunctionalInterface
    private interface Typed {
        String type(String command);
    }

    private static void happens(Pools pools, RedisServer redis, Typed kubectl) {
        kubectl.type("create configmap corp-ca --from-literal=ca.crt=" + "none-needed-of-a-plain-connection");
        kubectl.type("create secret generic url --from-literal=url=" + redis.urlWithoutCredentials());
        kubectl.type("create deployment theirs --image=example.com/worker --replicas=1");
        pools.create("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec: {url: {secretKeyRef: {name: url, key: url}}, clients: [{name: web}]}
                ---
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: trusted}
                spec:
                  url: {value: "rediss://localhost:1/0"}
                  tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: corp-ca, key: ca.crt}}}}
                """);
        pools.create(pool("mail", """
                template: {spec: {containers: [{name: worker, image: example.com/worker}]}}
                  stuckAfter: 10s
                  onStuck: Replace
                  access: {}
                  singletons: [{name: clock, command: [clock]}]"""));
        pools.create(pool("theirs", "workloadRef: {kind: Deployment, name: theirs}"));
        redis.cli("RPUSH", "jobs:mail", "a", "b", "c", "d");
        redis.cli("RPUSH", "jobs:theirs", "a", "b", "c", "d");
        pools.awaitReplicas("mail", 2, PATIENCE);
        pools.awaitReplicas("theirs", 2, PATIENCE);
        pools.awaitCondition("mail", "Ready", ready -> "True".equals(ready.getStatus()), PATIENCE);
        // Nobody takes the jobs: its two workers are no more than shown to be ready.
        await("a worker is replaced")
                .atMost(PATIENCE)
                .until(() -> pools.events("WorkerPool", "mail").stream()
                        .anyMatch(event -> event.startsWith("Normal Replaced: ")));
        String first = requireNonNull(pools.broker("jobs").getStatus().proven()).connectionSecret();

        // Drift of each kind of child, which is mended.
        for (String child : List.of(
                "serviceaccount/mail",
                "poddisruptionbudget/mail",
                "networkpolicy/mail",
                "deployment/mail",
                "statefulset/mail-clock",
                "secret/" + first,
                "secret/jobs-web")) {
            drifts(kubectl, child);
        }
        kubectl.type("patch workerpool/mail --type=json -p=[{\"op\":\"remove\",\"path\":\"/spec/access\"}]");
        await("a policy that nobody asks for any more")
                .atMost(PATIENCE)
                .until(() -> kubectl.type("get networkpolicies -o name"), ""::equals);
        kubectl.type("patch wp/mail --type=json -p=[{\"op\":\"remove\",\"path\":\"/spec/singletons\"}]");
        await("the singleton goes")
                .atMost(PATIENCE)
                .until(() -> kubectl.type("get statefulsets -o name").isBlank());
        pools.client()
                .resources(Broker.class)
                .inNamespace(pools.namespace())
                .withName("jobs")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"clients\":null,\"url\":{\"secretKeyRef\":null,\"value\":\"%s\"}}}"
                                .formatted(redis.urlWithoutCredentials().replace("localhost", "127.0.0.1")));
        for (String superseded : List.of(first, "jobs-web", "jobs-web-env")) {
            await(superseded + " goes")
                    .atMost(PATIENCE)
                    .until(() -> pools.client()
                                    .secrets()
                                    .inNamespace(pools.namespace())
                                    .withName(superseded)
                                    .get()
                            == null);
        }
    }

    private static void drifts(Typed kubectl, String child) {
        kubectl.type("label " + child + " app.kubernetes.io/managed-by=someone --overwrite");
        await(child + " is mended")
                .atMost(PATIENCE)
                .until(
                        () -> kubectl.type(
                                "get " + child + " -o jsonpath={.metadata.labels.app\\.kubernetes\\.io/managed-by}"),
                        "workerpool-operator"::equals);
    }

    private static String pool(String name, String workload) {
        return APool.named(name)
                .withConcurrency(2)
                .with(
                        "scaling: {minReplicas: 0, maxReplicas: 5, target: {backlogPerWorker: 3}, idleAfter: 5s}",
                        workload)
                .yaml();
    }
}
