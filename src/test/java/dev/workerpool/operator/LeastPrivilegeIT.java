package dev.workerpool.operator;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.api.Broker;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packaged operator with the rights that the chart gives it, and no others. */
@RealControlPlane
class LeastPrivilegeIT {
    private static final Path RULES = Path.of("helm/workerpool-operator/files");
    private static final String ACCOUNT = "operator";

    @Test
    void a_pool_starts_from_zero_when_a_job_waits(
            ControlPlane cluster, KubernetesClient client, TestNamespace namespace) throws IOException {
        Pools pools = new Pools(client, namespace.name());
        try (RedisServer redis = RedisServer.plain();
                PackagedOperator operator = PackagedOperator.start(
                        account(cluster, client, namespace.name()),
                        "--namespace=" + namespace,
                        "--lease-namespace=" + namespace)) {
            AuditLog.Mark before = cluster.auditLog().mark();
            pools.createBroker(redis);
            pools.create(APool.named("mail")
                    .withConcurrency(2)
                    .with("scaling: {minReplicas: 0, maxReplicas: 5, target: {backlogPerWorker: 3}, idleAfter: 5s}")
                    .withWorkers()
                    .yaml());
            pools.awaitReplicas("mail", 0, Duration.ofSeconds(20));
            redis.cli("RPUSH", "jobs:mail", "a", "b", "c", "d");
            pools.awaitReplicas("mail", 2, Duration.ofSeconds(10));
            pools.awaitCondition("mail", "Ready", ready -> "True".equals(ready.getStatus()), Duration.ofSeconds(30));
            String first =
                    requireNonNull(pools.broker("jobs").getStatus().proven()).connectionSecret();
            pools.client()
                    .resources(Broker.class)
                    .inNamespace(namespace.name())
                    .withName("jobs")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":{\"url\":{\"value\":\"%s\"}}}"
                                    .formatted(redis.urlWithoutCredentials().replace("/0", "/1")));
            await("the superseded Secret goes")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> client.secrets()
                                    .inNamespace(namespace.name())
                                    .withName(first)
                                    .get()
                            == null);
            assertEquals(143, operator.stop(), "ended by SIGTERM, in good order");
            assertEquals(
                    List.of(),
                    cluster.auditLog().since(before).stream()
                            .filter(entry ->
                                    entry.user().endsWith(":" + namespace + ":" + ACCOUNT) && entry.code() == 403)
                            .toList(),
                    "forbidden");
        }
    }

    private static Path account(ControlPlane cluster, KubernetesClient client, String namespace) throws IOException {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(ACCOUNT)
                        .endMetadata()
                        .build())
                .create();
        for (String rules : List.of("rules", "lease-rules")) {
            client.resource(new RoleBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(rules)
                            .endMetadata()
                            .withRules(Serialization.unmarshal(
                                    Files.readString(RULES.resolve(rules + ".yaml")), PolicyRule[].class))
                            .build())
                    .create();
            client.resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(rules)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "Role", rules)
                            .addNewSubject("", "ServiceAccount", ACCOUNT, namespace)
                            .build())
                    .create();
        }
        return cluster.kubeconfigForServiceAccount(namespace, ACCOUNT);
    }
}
