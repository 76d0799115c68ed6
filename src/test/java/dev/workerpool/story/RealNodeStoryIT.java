package dev.workerpool.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.node.RealNode;
import dev.workerpool.testing.operator.ChartAccount;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real pods of real images do what real producers send, over verified TLS, and the operator gives them their size. */
@Tag("node")
@RealControlPlane
class RealNodeStoryIT {
    private static final String CELERY_WORKER = "{name: worker, image: local.test/celery:1}";
    private static final String SIDEKIQ_WORKER =
            "{name: worker, image: local.test/sidekiq:1, command: [sidekiq, -r, ./app.rb]}";

    @Test
    void allJobsOfACeleryAndASidekiqPoolAreDoneOnceAndBothPoolsGoBackToZero(
            ControlPlane controlPlane, KubernetesClient client, TestNamespace namespace) {
        try (RealNode node = RealNode.start(controlPlane);
                RedisServer redis =
                        RedisServer.start(RedisOptions.tls(PrivateCa.create()).withUser("jobs", "s3cret"));
                ChartAccount account = ChartAccount.clusterWide(controlPlane, namespace.name());
                PackagedOperator operator =
                        PackagedOperator.start(account.kubeconfig(), "--lease-namespace=" + namespace)) {
            apply(controlPlane, namespace, Manifests.broker(redis, "jobs", "s3cret"));
            apply(controlPlane, namespace, onTheNode(Manifests.celery(Manifests.sleeper("mail", 4)), CELERY_WORKER));
            apply(
                    controlPlane,
                    namespace,
                    onTheNode(Manifests.sidekiq(Manifests.sleeper("images", 4)), SIDEKIQ_WORKER));
            try {
                controlPlane
                        .kubectl(
                                "wait", "-n", namespace.name(), "broker/jobs", "--for=condition=Ready", "--timeout=60s")
                        .succeeded();
                // A thread of its own: on two cores the common pool has one, and the Kubernetes client needs it.
                CompletableFuture<Void> mail = CompletableFuture.runAsync(
                        () -> new PoolStory("mail", new CeleryApp(), redis, client, namespace.name()).happens(),
                        task -> Thread.ofPlatform().start(task));
                new PoolStory("images", new SidekiqApp(), redis, client, namespace.name()).happens();
                mail.join();
                // The node has no network of its own; all else is as restricted as it can be.
                for (String pool : List.of("mail", "images")) {
                    assertEquals(
                            "weaker than the restricted Pod Security Standard, as the template says: hostNetwork",
                            new Pools(client, namespace.name())
                                    .condition(pool, "Restricted")
                                    .orElseThrow()
                                    .getMessage());
                }
            } catch (RuntimeException | AssertionError e) {
                fail(whatIsThere(controlPlane, namespace) + node.log(namespace.name(), "") + operator.log(), e);
            }
        }
    }

    static String onTheNode(APool pool, String container) {
        return pool.with(
                        "template:",
                        "  spec:",
                        "    hostNetwork: true",
                        "    nodeSelector: {workerpool.test/node: real}",
                        "    containers: [" + container + "]")
                .yaml();
    }

    private static void apply(ControlPlane controlPlane, TestNamespace namespace, String manifests) {
        controlPlane.apply(namespace, manifests).succeeded();
    }

    static String whatIsThere(ControlPlane controlPlane, TestNamespace namespace) {
        return controlPlane
                        .kubectl(
                                "get",
                                "-n",
                                namespace.name(),
                                "brokers,workerpools,deployments,pods,events",
                                "-o",
                                "wide")
                        .out()
                + controlPlane
                        .kubectl("get", "-n", namespace.name(), "brokers,workerpools", "-o", "yaml")
                        .out();
    }
}
