package dev.workerpool.story;

import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.node.RealNode;
import dev.workerpool.testing.operator.PackagedOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real pods of real images do what real producers send, over verified TLS, and the operator gives them their size. */
@Tag("node")
@RealControlPlane
class RealNodeStoryIT {
    @Test
    void allJobsOfACeleryAndASidekiqPoolAreDoneOnceAndBothPoolsGoBackToZero(
            ControlPlane controlPlane, KubernetesClient client, TestNamespace namespace) {
        try (RealNode node = RealNode.start(controlPlane);
                RedisServer redis =
                        RedisServer.start(RedisOptions.tls(PrivateCa.create()).withUser("jobs", "s3cret"));
                PackagedOperator operator = PackagedOperator.start(controlPlane.adminKubeconfig())) {
            controlPlane
                    .apply(namespace, Manifests.broker(redis, "jobs", "s3cret"))
                    .succeeded();
            String celery = "framework: Celery\n  celery: {app: tasks}";
            String sidekiq = "framework: Sidekiq";
            controlPlane
                    .apply(namespace, Manifests.pool("mail", celery, "image: local.test/celery:1"))
                    .succeeded();
            controlPlane
                    .apply(
                            namespace,
                            Manifests.pool(
                                    "images",
                                    sidekiq,
                                    "image: local.test/sidekiq:1\n        command: [sidekiq, -r, ./app.rb]"))
                    .succeeded();
            try {
                CompletableFuture<Void> mail = CompletableFuture.runAsync(
                        () -> new PoolStory("mail", new CeleryApp(), redis, client, namespace.name()).happens());
                new PoolStory("images", new SidekiqApp(), redis, client, namespace.name()).happens();
                mail.join();
            } catch (RuntimeException | AssertionError e) {
                fail(whatIsThere(controlPlane, namespace) + node.log(namespace.name(), "") + operator.log(), e);
            }
        }
    }

    private static String whatIsThere(ControlPlane controlPlane, TestNamespace namespace) {
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
