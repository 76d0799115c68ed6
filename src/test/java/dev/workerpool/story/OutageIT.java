package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A broker that does not answer says nothing about jobs: the size stays, and all else goes on. */
@RealControlPlane
class OutageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void theSizeStaysDuringAnOutageNewImagesRollAndScalingGoesOnAfterIt(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply(pool("example.com/worker:1"));
            stage.enqueue("mail", 3);
            stage.pools().awaitReplicas("mail", 3, PATIENCE);

            stage.redis().stop();
            awaitReason(stage, "BrokerUnavailable");
            stage.pools().awaitCondition("mail", "BrokerReady", is("False"), PATIENCE);
            assertEquals("BrokerUnavailable", scaling(stage));
            stage.apply(pool("example.com/worker:2"));
            await().atMost(PATIENCE).until(() -> image(stage).equals("example.com/worker:2"));
            stage.pools().awaitCondition("mail", "Ready", is("True"), PATIENCE);
            assertEquals(3, stage.pools().replicas("mail"));

            stage.redis().startAgain();
            stage.enqueue("mail", 5);
            stage.pools().awaitCondition("mail", "BrokerReady", is("True"), PATIENCE);
            stage.pools().awaitReplicas("mail", 8, PATIENCE);
            awaitReason(stage, "Backlog");
            assertEquals("Deciding", scaling(stage));
            assertEquals(
                    1,
                    stage.pools().events("WorkerPool", "mail").stream()
                            .filter(event -> event.startsWith("Warning BrokerUnavailable: the broker is not available"))
                            .count(),
                    () -> stage.pools().events("WorkerPool", "mail").toString());
        }
    }

    private static String pool(String image) {
        return APool.named("mail")
                .withImage(image)
                .with("scaling: {minReplicas: 0, maxReplicas: 9, idleAfter: 1s, target: {backlogPerWorker: 1}}")
                .yaml();
    }

    private static Predicate<Condition> is(String status) {
        return condition -> condition.getStatus().equals(status);
    }

    private static void awaitReason(Stage stage, String reason) {
        await().atMost(PATIENCE)
                .until(
                        () -> stage.kubectl("get", "wp/mail", "-o", "jsonpath={.status.decision.reason}"),
                        reason::equals);
    }

    private static String scaling(Stage stage) {
        return stage.pools().condition("mail", "ScalingActive").orElseThrow().getReason();
    }

    private static String image(Stage stage) {
        return stage.kubectl("get", "deployment/mail", "-o", "jsonpath={.spec.template.spec.containers[0].image}");
    }
}
