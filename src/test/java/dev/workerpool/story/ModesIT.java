package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Recommend decides and does nothing; Paused keeps what is there. */
@RealControlPlane
class ModesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration A_WHILE = Duration.ofSeconds(4);

    @Test
    void recommendSaysWhatItWouldDoWhileReplicasRules(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.pools().create(pool("Recommend"));
            stage.pools().awaitReplicas("mail", 1, PATIENCE);

            stage.enqueue("mail", 4);
            awaitDecision(stage, 4, "Backlog");
            stays(stage, 1);

            stage.kubectl("scale", "wp/mail", "--replicas=2");
            stage.pools().awaitReplicas("mail", 2, PATIENCE);
            awaitDecision(stage, 4, "Backlog");
            assertEquals("RecommendOnly", scalingReason(stage));
        }
    }

    @Test
    void pausedKeepsTheSizeWhoeverSetItAndGoesOnFromThere(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.pools().create(pool("Active"));
            stage.enqueue("mail", 3);
            stage.pools().awaitReplicas("mail", 3, PATIENCE);

            mode(stage, "Paused");
            awaitDecision(stage, 3, "Paused");
            stage.enqueue("mail", 2);
            stays(stage, 3);
            stage.kubectl("scale", "deployment/mail", "--replicas=2");
            awaitDecision(stage, 2, "Paused");
            stays(stage, 2);
            assertEquals("Paused", scalingReason(stage));

            mode(stage, "Active");
            stage.pools().awaitReplicas("mail", 5, PATIENCE);
            awaitDecision(stage, 5, "Backlog");
            assertEquals("Deciding", scalingReason(stage));
        }
    }

    private static String pool(String mode) {
        return APool.named("mail")
                .withWorkers()
                .with("replicas: 1")
                .with("scaling: {mode: %s, minReplicas: 0, maxReplicas: 9, target: {backlogPerWorker: 1}}"
                        .formatted(mode))
                .yaml();
    }

    private static void mode(Stage stage, String mode) {
        stage.kubectl("patch", "wp/mail", "--type=merge", "-p", "{\"spec\":{\"scaling\":{\"mode\":\"" + mode + "\"}}}");
    }

    private static void stays(Stage stage, int replicas) {
        await().during(A_WHILE)
                .atMost(A_WHILE.plusSeconds(10))
                .until(() -> stage.pools().replicas("mail") == replicas);
    }

    private static void awaitDecision(Stage stage, int replicas, String reason) {
        await().atMost(PATIENCE)
                .until(
                        () -> stage.kubectl(
                                "get",
                                "wp/mail",
                                "-o",
                                "jsonpath={.status.decision.replicas} {.status.decision.reason}"),
                        (replicas + " " + reason)::equals);
    }

    private static String scalingReason(Stage stage) {
        return stage.pools().condition("mail", "ScalingActive").orElseThrow().getReason();
    }
}
