package dev.workerpool.testing.node;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.Sent;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The node and its images do what the tests of the operator need of them; no operator takes part. */
@Tag("node")
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealNodeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RealNode node;

    RealNodeIT(ControlPlane controlPlane) {
        node = RealNode.start(controlPlane);
    }

    @AfterAll
    void endTheNode() {
        node.close();
    }

    @Test
    void celeryPodsDoEachJobOnceOverVerifiedTlsAlsoWhenScaledDownInBetween(
            ControlPlane controlPlane, TestNamespace namespace) {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(PrivateCa.create()))) {
            String verified = "?ssl_cert_reqs=required&ssl_check_hostname=true&ssl_ca_certs=" + PlainDeployment.CA_FILE;
            String env = "{name: CELERY_BROKER_URL, value: '" + redis.url() + verified + "'}";
            new PlainDeployment("local.test/celery:1", "-Q, mail, -c, '2'", env)
                    .apply(controlPlane, namespace, redis.caPem());
            eachJobIsDoneOnce(new CeleryApp(), redis, controlPlane.admin(), namespace);
        }
    }

    @Test
    void sidekiqPodsDoEachJobOnceOverVerifiedTlsAlsoWhenScaledDownInBetween(
            ControlPlane controlPlane, TestNamespace namespace) {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(PrivateCa.create()))) {
            String env = "{name: REDIS_URL, value: '" + redis.url() + "'}, {name: SSL_CERT_FILE, value: "
                    + PlainDeployment.CA_FILE + "}";
            new PlainDeployment("local.test/sidekiq:1", "-q, mail, -c, '2'", env)
                    .apply(controlPlane, namespace, redis.caPem());
            eachJobIsDoneOnce(new SidekiqApp(), redis, controlPlane.admin(), namespace);
        }
    }

    private void eachJobIsDoneOnce(JobsApp app, RedisServer redis, KubernetesClient client, TestNamespace namespace) {
        try (Producer producer = app.producer(redis)) {
            Sent sent =
                    producer.send(Jobs.jobs(40).lasting(Duration.ofMillis(500)).inQueue("mail"));
            try {
                await("the first jobs").atMost(PATIENCE).until(() -> redis.count("done") >= 4);
            } catch (ConditionTimeoutException e) {
                throw new AssertionError(node.log(namespace.name(), "worker"), e);
            }
            scale(client, namespace, 0);
            await("the drain").atMost(PATIENCE).until(() -> pods(client, namespace) == 0);
            long before = redis.count("done");
            scale(client, namespace, 2);
            await("the rest").atMost(PATIENCE).until(() -> redis.count("done") == sent.count());
            scale(client, namespace, 0);
            await("the end").atMost(PATIENCE).until(() -> pods(client, namespace) == 0);
            System.out.printf(
                    "%s on a real node: %d sent, %d done before the drain, %d in all%n",
                    app.getClass().getSimpleName(), sent.count(), before, redis.count("done"));
            assertEquals(sent.count(), redis.count("done"));
        }
    }

    private static void scale(KubernetesClient client, TestNamespace namespace, int replicas) {
        client.apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName("worker")
                .scale(replicas);
    }

    private static int pods(KubernetesClient client, TestNamespace namespace) {
        return client.pods().inNamespace(namespace.name()).list().getItems().size();
    }
}
