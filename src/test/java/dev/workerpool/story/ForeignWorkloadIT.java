package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With workloadRef nothing is written but the scale of a Deployment that is someone else's. */
@RealControlPlane
class ForeignWorkloadIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String THEIRS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: legacy
              labels: {team: shop}
              annotations: {owner: "shop@example.com"}
            spec:
              selector: {matchLabels: {app: legacy}}
              template:
                metadata: {labels: {app: legacy}}
                spec:
                  terminationGracePeriodSeconds: 77
                  containers: [{name: app, image: "example.com/legacy:1", env: [{name: REDIS_URL, value: "redis://x"}]}]
            """;

    @Test
    void someoneElsesDeploymentIsScaledAndOtherwiseUntouched(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply(THEIRS);
            String before = withoutSize(stage);
            AuditLog.Mark mark = stage.mark();
            stage.pools()
                    .create(APool.named("mail")
                            .with("workloadRef: {kind: Deployment, name: legacy}")
                            .with("scaling: {minReplicas: 0, maxReplicas: 9, target: {backlogPerWorker: 1}}")
                            .yaml());
            stage.enqueue("mail", 3);
            stage.pools().awaitReplicas("legacy", 3, PATIENCE);
            stage.enqueue("mail", 2);
            stage.pools().awaitReplicas("legacy", 5, PATIENCE);
            stage.kubectl("wait", "--for=condition=Ready", "wp/mail", "--timeout=60s");

            assertEquals(before, withoutSize(stage));
            List<String> writes = stage.writesSince(mark);
            assertEquals(
                    2,
                    writes.stream().filter("deployments/scale/legacy"::equals).count(),
                    writes::toString);
            assertTrue(
                    writes.stream()
                            .allMatch(write -> write.equals("deployments/scale/legacy")
                                    || write.startsWith("workerpools/status/")
                                    || write.startsWith("brokers/status/")
                                    || write.startsWith("secrets")
                                    || write.startsWith("events")),
                    writes::toString);
            assertEquals(
                    "",
                    stage.kubectl(
                            "get", "deployments,serviceaccounts,pdb", "-l", "workerpool.dev/pool=mail", "-o", "name"));
            assertEquals(
                    "app=legacy",
                    stage.kubectl("get", "wp/mail", "--subresource=scale", "-o", "jsonpath={.status.selector}"));
            await().atMost(PATIENCE)
                    .until(
                            () -> scaled(stage),
                            List.of(
                                    "from 1 to 3: Backlog, 3 waiting in 1 queue, one worker for 1: 3",
                                    "from 3 to 5: Backlog, 5 waiting in 1 queue, one worker for 1: 5")::equals);
        }
    }

    @Test
    void aDeploymentThatSleepsIsWoken(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply(THEIRS);
            stage.kubectl("scale", "deployment/legacy", "--replicas=0");
            stage.enqueue("mail", 2);
            stage.pools()
                    .create(APool.named("mail")
                            .with("workloadRef: {kind: Deployment, name: legacy}")
                            .with("scaling: {minReplicas: 0, maxReplicas: 9, target: {backlogPerWorker: 1}}")
                            .yaml());
            stage.pools().awaitReplicas("legacy", 2, PATIENCE);
            stage.enqueue("mail", 2);
            stage.pools().awaitReplicas("legacy", 4, PATIENCE);
        }
    }

    @Test
    void aDeploymentThatIsNotThereYetIsScaledOnceItIs(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.enqueue("mail", 2);
            stage.pools()
                    .create(APool.named("mail")
                            .with("workloadRef: {kind: Deployment, name: legacy}")
                            .with("scaling: {maxReplicas: 9, target: {backlogPerWorker: 1}}")
                            .yaml());
            stage.pools()
                    .awaitCondition(
                            "mail", "Stalled", stalled -> stalled.getReason().equals("WorkloadNotFound"), PATIENCE);
            stage.apply(THEIRS);
            stage.pools().awaitReplicas("legacy", 2, PATIENCE);
            stage.pools()
                    .awaitCondition(
                            "mail", "Stalled", stalled -> stalled.getStatus().equals("False"), PATIENCE);
        }
    }

    @Test
    void withoutScalingNothingIsWrittenToIt(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply(THEIRS);
            stage.kubectl("scale", "deployment/legacy", "--replicas=4");
            stage.pools()
                    .create(APool.named("mail")
                            .with("workloadRef: {kind: Deployment, name: legacy}")
                            .with("scaling: {mode: Recommend, maxReplicas: 9, target: {backlogPerWorker: 1}}")
                            .yaml());
            stage.enqueue("mail", 9);
            await().atMost(PATIENCE)
                    .until(() -> stage.kubectl("get", "wp/mail", "-o", "jsonpath={.status.decision.replicas}")
                            .equals("9"));
            assertEquals(4, stage.pools().replicas("legacy"));
        }
    }

    private static List<String> scaled(Stage stage) {
        return stage.pools().events("WorkerPool", "mail").stream()
                .filter(event -> event.startsWith("Normal Scaled: "))
                .map(event -> event.substring("Normal Scaled: ".length()))
                .toList();
    }

    /** The Deployment as stored, without its size and what Kubernetes itself counts and notes. */
    private static String withoutSize(Stage stage) {
        try {
            ObjectNode deployment = (ObjectNode) JSON.readTree(stage.kubectl("get", "deployment/legacy", "-o", "json"));
            deployment.remove("status");
            ((ObjectNode) deployment.get("metadata")).remove(Set.of("managedFields", "generation", "resourceVersion"));
            ((ObjectNode) deployment.get("spec")).remove("replicas");
            return deployment.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
