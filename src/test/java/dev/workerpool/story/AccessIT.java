package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** NetworkPolicies are made, kept as they are to be, and go with who asked for them. No network here enforces them. */
@RealControlPlane
class AccessIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String OPEN = "{\"spec\":{\"ingress\":[{}],\"egress\":[{}]}}";

    @Test
    void a_pools_policy_is_kept_and_goes_when_nobody_asks_for_it_any_more(ControlPlane cluster, TestNamespace fresh) {
        try (Stage stage = Stage.of(cluster, fresh)) {
            stage.apply(APool.named("mail").withWorkers().yaml());
            stage.pools().awaitCondition("mail", "Ready", ready -> "True".equals(ready.getStatus()), PATIENCE);
            assertEquals("", stage.kubectl("get", "networkpolicies", "-o", "name"), "none before it is asked for");

            stage.apply(APool.named("mail").withWorkers().with("access: {}").yaml());
            stage.pools()
                    .awaitCondition("mail", "NetworkPolicyApplied", made -> "True".equals(made.getStatus()), PATIENCE);
            NetworkPolicy made = policy(cluster, fresh, "mail");
            assertEquals(List.of("Ingress", "Egress"), made.getSpec().getPolicyTypes());
            assertEquals(List.of(), made.getSpec().getIngress());
            assertEquals(
                    stage.redis().port(),
                    made.getSpec()
                            .getEgress()
                            .getFirst()
                            .getPorts()
                            .getFirst()
                            .getPort()
                            .getIntVal());

            // What others add opens it: it is taken out again.
            stage.kubectl("patch", "networkpolicy/mail", "--type=merge", "-p", OPEN);
            awaitPolicy(cluster, fresh, "mail", now -> now.getSpec().equals(made.getSpec()));
            stage.kubectl("delete", "networkpolicy/mail");
            awaitPolicy(cluster, fresh, "mail", now -> now.getSpec().equals(made.getSpec()));

            stage.kubectl(
                    "patch", "wp/mail", "--type=merge", "-p", "{\"spec\":{\"access\":{\"networkPolicy\":\"None\"}}}");
            await().atMost(PATIENCE).until(() -> found(cluster, fresh, "mail") == null);

            stage.kubectl(
                    "patch",
                    "wp/mail",
                    "--type=merge",
                    "-p",
                    "{\"spec\":{\"access\":{\"networkPolicy\":\"Managed\"}}}");
            awaitPolicy(cluster, fresh, "mail", now -> true);
            stage.kubectl("delete", "wp/mail");
            await("collected with its pool").atMost(PATIENCE).until(() -> found(cluster, fresh, "mail") == null);
        }
    }

    @Test
    void a_brokers_policy_admits_whom_it_should_and_is_not_made_where_it_would_shut_the_operator_out(
            ControlPlane cluster, TestNamespace fresh) {
        try (Stage stage = Stage.of(cluster, fresh)) {
            stage.kubectl(
                    "patch",
                    "broker/jobs",
                    "--type=merge",
                    "-p",
                    "{\"spec\":{\"clients\":[{\"name\":\"web\"}],\"network\":{\"podSelector\":{\"matchLabels\":{\"app\":\"redis\"}}}}}");
            stage.pools()
                    .awaitBroker(
                            "jobs",
                            "NetworkPolicyApplied",
                            told -> "OperatorUnknown".equals(told.getReason()),
                            PATIENCE);
            assertEquals("", stage.kubectl("get", "networkpolicies", "-o", "name"));

            stage.kubectl(
                    "patch",
                    "broker/jobs",
                    "--type=merge",
                    "-p",
                    "{\"spec\":{\"network\":{\"from\":[{\"ipBlock\":{\"cidr\":\"127.0.0.1/32\"}}]}}}");
            awaitPolicy(cluster, fresh, "jobs-broker", now -> true);
            NetworkPolicy made = policy(cluster, fresh, "jobs-broker");
            assertEquals(
                    "Broker", made.getMetadata().getOwnerReferences().getFirst().getKind());
            String others = made.getSpec().getIngress().getLast().getFrom().toString();
            assertTrue(others.contains("workerpool.dev/broker=jobs"), others);
            assertTrue(others.contains("client.workerpool.dev/jobs"), others);
            assertTrue(others.contains("127.0.0.1/32"), others);

            stage.kubectl("patch", "networkpolicy/jobs-broker", "--type=merge", "-p", "{\"spec\":{\"ingress\":[{}]}}");
            awaitPolicy(cluster, fresh, "jobs-broker", now -> now.getSpec().equals(made.getSpec()));

            stage.kubectl(
                    "patch", "broker/jobs", "--type=json", "-p", "[{\"op\":\"remove\",\"path\":\"/spec/network\"}]");
            await().atMost(PATIENCE).until(() -> found(cluster, fresh, "jobs-broker") == null);
            await().atMost(PATIENCE)
                    .until(() -> stage.pools()
                            .brokerCondition("jobs", "NetworkPolicyApplied")
                            .isEmpty());
        }
    }

    @Test
    void of_pods_that_their_node_does_not_start_because_they_would_be_root_the_cure_is_told(
            ControlPlane cluster, TestNamespace fresh) {
        try (Stage stage = Stage.of(cluster, fresh)) {
            stage.apply(APool.named("mail").withWorkers().yaml());
            stage.pools().awaitCondition("mail", "Ready", ready -> "True".equals(ready.getStatus()), PATIENCE);
            stage.pools().awaitCondition("mail", "Restricted", told -> "True".equals(told.getStatus()), PATIENCE);
            Pod pod = cluster.admin()
                    .pods()
                    .inNamespace(fresh.name())
                    .withLabel("workerpool.dev/pool", "mail")
                    .list()
                    .getItems()
                    .getFirst();
            // The node here is played: this is what a real kubelet says.
            cluster.admin()
                    .resource(pod)
                    .editStatus(now -> new PodBuilder(now)
                            .editStatus()
                            .withContainerStatuses()
                            .addNewContainerStatus()
                            .withName("worker")
                            .withImage("example.com/worker:1")
                            .withImageID("")
                            .withReady(false)
                            .withRestartCount(0)
                            .withNewState()
                            .withNewWaiting(
                                    "container has runAsNonRoot and image will run as root (pod: x, container: worker)",
                                    "CreateContainerConfigError")
                            .endState()
                            .endContainerStatus()
                            .endStatus()
                            .build());
            stage.pools()
                    .awaitCondition("mail", "Stalled", told -> "ImageRunsAsRoot".equals(told.getReason()), PATIENCE);
            stage.pools().awaitCondition("mail", "Ready", told -> "ImageRunsAsRoot".equals(told.getReason()), PATIENCE);
        }
    }

    private static void awaitPolicy(
            ControlPlane cluster, TestNamespace namespace, String name, Predicate<NetworkPolicy> as) {
        await("NetworkPolicy " + name).atMost(PATIENCE).until(() -> {
            NetworkPolicy now = found(cluster, namespace, name);
            return now != null && as.test(now);
        });
    }

    private static NetworkPolicy policy(ControlPlane cluster, TestNamespace namespace, String name) {
        return cluster.admin()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace.name())
                .withName(name)
                .require();
    }

    private static @Nullable NetworkPolicy found(ControlPlane cluster, TestNamespace namespace, String name) {
        return cluster.admin()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace.name())
                .withName(name)
                .get();
    }
}
