package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RabbitOptions;
import dev.workerpool.testing.jobs.RabbitServer;
import dev.workerpool.testing.jobs.Sent;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.PodRun;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.SizesSeen;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Celery pool behind a RabbitMQ with TLS under a private authority and a login, from nothing to work and back to nothing; and beside it a
 * pool of a framework that has no use for a RabbitMQ. Each pod is a real worker process, run as its pod says.
 */
@RealControlPlane
class RabbitIT {
    private static final String PASSWORD = "s3cret-of-rabbit";
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int JOBS = 60;
    private static final PrivateCa CA = PrivateCa.create();

    @TempDir
    private Path counted;

    @Test
    void aCeleryPoolWakesDoesAllJobsOnceAndSleepsAgain(ControlPlane cluster, TestNamespace namespace) {
        try (RabbitServer rabbit = RabbitServer.start(RabbitOptions.tls(CA));
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            try {
                rabbit.addUser("jobs", PASSWORD, ".*", ".*", ".*");
                happens(cluster, namespace, rabbit, node);
            } catch (RuntimeException | AssertionError e) {
                fail(what(cluster, namespace) + logs(node) + operator.log(), e);
            }
            assertTrue(!operator.log().contains(PASSWORD), "no password in the log");
        }
    }

    private void happens(ControlPlane cluster, TestNamespace namespace, RabbitServer rabbit, ProcessNode node) {
        CeleryApp app = CeleryApp.countingIn(counted);
        cluster.apply(namespace, broker(rabbit)).succeeded();
        cluster.apply(namespace, Manifests.ofProcesses(Manifests.celery(Manifests.sleeper("mail", 2)), app))
                .succeeded();
        cluster.apply(namespace, Manifests.ofProcesses(Manifests.sidekiq(Manifests.sleeper("images", 2)), app))
                .succeeded();
        ready(cluster, namespace, "brokers/jobs", "wp/mail");
        assertEquals("RabbitMQ", told(cluster, namespace, "brokers/jobs", "{.status.server.product}"));
        assertEquals("CertificateVerified", reason(cluster, namespace, "brokers/jobs", "Trusted"));
        assertTrue(
                told(cluster, namespace, "brokers/jobs", "{.status.measuring}").startsWith("Poll"));
        await("the other pool told")
                .atMost(PATIENCE)
                .until(() -> reason(cluster, namespace, "wp/images", "Stalled").equals("BrokerNotSupported"));
        assertEquals(
                List.of("mail"),
                cluster.admin().apps().deployments().inNamespace(namespace.name()).list().getItems().stream()
                        .map(each -> each.getMetadata().getName())
                        .toList());
        verifies(cluster, namespace);

        try (SizesSeen sizes = new SizesSeen(cluster.admin(), namespace.name(), "mail");
                Producer producer = app.producer(Map.of("CELERY_BROKER_URL", rabbit.url()))) {
            await("asleep").atMost(PATIENCE).until(() -> !sizes.all().isEmpty());
            assertEquals(0, sizes.all().getLast().replicas(), "nothing is waiting yet");
            Sent sent = producer.send(Jobs.jobs(JOBS)
                    .lasting(Duration.ofMillis(500))
                    .inQueue("mail")
                    .countedUnder("mail-done"));
            await("done").atMost(PATIENCE).until(() -> done() >= sent.count());
            await("back at 0")
                    .atMost(PATIENCE)
                    .until(() -> sizes.isBackAtZero()
                            && cluster.admin()
                                    .pods()
                                    .inNamespace(namespace.name())
                                    .list()
                                    .getItems()
                                    .isEmpty());
            assertEquals(sent.count(), done(), "each job is done once");
            assertTrue(
                    sizes.all().stream().anyMatch(size -> size.replicas() > 1),
                    () -> "60 jobs need more than one pod: " + sizes.all());
            System.out.printf(
                    "mail over RabbitMQ: %d enqueued, %d done; sizes %s; first size %d ms after the first job, at 0 after %d s%n",
                    sent.count(),
                    done(),
                    sizes.all().stream().map(SizesSeen.Seen::replicas).toList(),
                    Duration.between(sent.began(), sizes.all().get(1).at()).toMillis(),
                    Duration.between(sent.began(), sizes.all().getLast().at()).toSeconds());
        }
        List<PodRun> runs = node.runs("mail-");
        assertTrue(runs.size() >= 2, "two pods at least: " + runs.size());
        assertTrue(runs.stream().allMatch(PodRun::endedInTime), "each ended by itself when it was told to");
    }

    private static String broker(RabbitServer rabbit) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: jobs-auth}
                stringData: {username: jobs, password: %s}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: jobs-ca}
                data:
                  ca.crt: |
                %s
                ---
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec:
                  url: {value: "%s"}
                  credentials: {secretRef: {name: jobs-auth}}
                  tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: jobs-ca, key: ca.crt}}}}
                """.formatted(PASSWORD, CA.pem().indent(4), rabbit.tlsUrl());
    }

    /** Over AMQP no URL can say it: the code stands before the command. */
    private static void verifies(ControlPlane cluster, TestNamespace namespace) {
        PodTemplateSpec pod = cluster.admin()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName("mail")
                .get()
                .getSpec()
                .getTemplate();
        assertEquals(
                List.of("python3", "/var/run/workerpool/code/run.py"),
                pod.getSpec().getContainers().getFirst().getCommand().subList(0, 2));
        assertEquals("VerificationEnforced", reason(cluster, namespace, "wp/mail", "ConnectionInjected"));
    }

    private long done() {
        Path file = counted.resolve("mail-done");
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(ControlPlane cluster, TestNamespace namespace, String object, String condition) {
        return told(cluster, namespace, object, "{.status.conditions[?(@.type==\"%s\")].reason}".formatted(condition));
    }

    private static String told(ControlPlane cluster, TestNamespace namespace, String object, String path) {
        return cluster.kubectl("get", "-n", namespace.name(), object, "-o", "jsonpath=" + path)
                .succeeded();
    }

    private static void ready(ControlPlane cluster, TestNamespace namespace, String... objects) {
        for (String object : objects) {
            cluster.kubectl("wait", "-n", namespace.name(), "--for=condition=Ready", "--timeout=120s", object)
                    .succeeded();
        }
    }

    private static String what(ControlPlane cluster, TestNamespace namespace) {
        return cluster.kubectl("get", "-n", namespace.name(), "brokers,wp,deployments,pods,events", "-o", "yaml")
                .out();
    }

    private static String logs(ProcessNode node) {
        return node.runs("").stream()
                .map(run -> run.podName() + ":\n" + run.log())
                .collect(Collectors.joining("\n"));
    }
}
