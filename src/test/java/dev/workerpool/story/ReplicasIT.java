package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Without scaling, replicas rules, and what sets it sets the size. */
@RealControlPlane
class ReplicasIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void aPoolFollowsKubectlScaleDownToZeroAndIsReadyThere(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.pools().create(APool.named("mail").withWorkers().yaml());
            stage.pools().awaitReplicas("mail", 1, PATIENCE);

            stage.kubectl("scale", "wp/mail", "--replicas=3");
            stage.pools().awaitReplicas("mail", 3, PATIENCE);
            await().atMost(PATIENCE).until(() -> statusReplicas(stage).equals("3"));
            stage.kubectl("wait", "--for=condition=Ready", "wp/mail", "--timeout=60s");

            stage.kubectl("scale", "wp/mail", "--replicas=0");
            stage.pools().awaitReplicas("mail", 0, PATIENCE);
            await().atMost(PATIENCE).until(() -> statusReplicas(stage).equals("0"));
            stage.kubectl("wait", "--for=condition=Ready", "wp/mail", "--timeout=60s");
            assertEquals("FixedReplicas", stage.kubectl("get", "wp/mail", "-o", "jsonpath={.status.decision.reason}"));
        }
    }

    @Test
    void aHorizontalPodAutoscalerScalesThePoolAndFindsItsPods(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.pools().create(APool.named("mail").withWorkers().yaml());
            stage.pools().awaitReplicas("mail", 1, PATIENCE);

            stage.apply(autoscaler(3, 5));
            stage.pools().awaitReplicas("mail", 3, PATIENCE);
            stage.apply(autoscaler(1, 2));
            stage.pools().awaitReplicas("mail", 2, PATIENCE);

            await().atMost(PATIENCE)
                    .until(() -> stage.kubectl("get", "hpa/mail", "-o", "jsonpath={.status.currentReplicas}")
                            .equals("2"));
            assertEquals("workerpool.dev/pool=mail", scaleSelector(stage));
        }
    }

    private static String autoscaler(int min, int max) {
        return """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: mail}
                spec:
                  scaleTargetRef: {apiVersion: workerpool.dev/v1alpha1, kind: WorkerPool, name: mail}
                  minReplicas: %d
                  maxReplicas: %d
                  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
                """.formatted(min, max);
    }

    private static String statusReplicas(Stage stage) {
        return stage.kubectl("get", "wp/mail", "-o", "jsonpath={.status.replicas}");
    }

    private static String scaleSelector(Stage stage) {
        return stage.kubectl("get", "wp/mail", "--subresource=scale", "-o", "jsonpath={.status.selector}");
    }
}
