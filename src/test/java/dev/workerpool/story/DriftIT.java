package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What other hands change: put right where it is the pool's, left where it is theirs, and never written for nothing. */
@RealControlPlane
class DriftIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String RESTARTED =
            "jsonpath={.spec.template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt}";
    private static final Pattern RECONCILIATIONS =
            Pattern.compile("^operator_sdk_reconciliations_started_total.*WorkerPool.* ([0-9.]+)$", Pattern.MULTILINE);

    @Test
    void whatOthersChangeIsPutRight(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = running(cluster, namespace)) {
            stage.kubectl("set", "image", "deployment/mail", "worker=example.com/other:9");
            awaits(stage, "example.com/worker:1", "deployment/mail", "{.spec.template.spec.containers[0].image}");

            stage.kubectl("set", "env", "deployment/mail", "ADDED=1");
            stage.kubectl("label", "deployment/mail", "app.kubernetes.io/managed-by-");
            awaits(
                    stage,
                    "workerpool-operator",
                    "deployment/mail",
                    "{.metadata.labels.app\\.kubernetes\\.io/managed-by}");
            awaits(stage, "ADDED", "deployment/mail", "{.spec.template.spec.containers[0].env[*].name}");

            stage.kubectl("scale", "deployment/mail", "--replicas=7");
            stage.pools().awaitReplicas("mail", 1, PATIENCE);

            String budget = uid(stage, "pdb/mail");
            stage.kubectl("delete", "pdb/mail");
            await().atMost(PATIENCE).until(() -> exists(stage, "pdb/mail"));
            assertNotEquals(budget, uid(stage, "pdb/mail"));
            stage.kubectl("patch", "pdb/mail", "--type=merge", "-p", "{\"spec\":{\"maxUnavailable\":0}}");
            awaits(stage, "1", "pdb/mail", "{.spec.maxUnavailable}");

            stage.kubectl("delete", "sa/mail");
            await().atMost(PATIENCE).until(() -> exists(stage, "sa/mail"));
            stage.kubectl("delete", "deployment/mail");
            stage.pools().awaitReplicas("mail", 1, PATIENCE);
        }
    }

    @Test
    void aRestartByKubectlIsNotUndone(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = running(cluster, namespace)) {
            stage.kubectl("rollout", "restart", "deployment/mail");
            stage.kubectl("rollout", "status", "deployment/mail", "--timeout=60s");
            stage.kubectl("wait", "--for=condition=Ready", "wp/mail", "--timeout=60s");
            String restarted = stage.kubectl("get", "deployment/mail", "-o", RESTARTED);
            assertNotEquals("", restarted);

            stage.apply(APool.named("mail").withImage("example.com/worker:2").yaml());
            awaits(stage, "example.com/worker:2", "deployment/mail", "{.spec.template.spec.containers[0].image}");
            stage.kubectl("rollout", "status", "deployment/mail", "--timeout=60s");
            assertEquals(restarted, stage.kubectl("get", "deployment/mail", "-o", RESTARTED));
        }
    }

    @Test
    void aSecondReconcileWritesNothingAndAnAnnotationIsEnoughToCauseIt(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = running(cluster, namespace)) {
            quiet(stage);
            double before = reconciliations(stage);
            AuditLog.Mark mark = stage.mark();
            stage.kubectl("annotate", "wp/mail", "example.com/look=now");
            await().atMost(PATIENCE).until(() -> reconciliations(stage) > before);
            await().during(Duration.ofSeconds(3))
                    .until(() -> stage.writesSince(mark).isEmpty());
            assertEquals(List.of(), stage.writesSince(mark));
        }
    }

    private static Stage running(ControlPlane cluster, TestNamespace namespace) {
        Stage stage = Stage.of(cluster, namespace);
        stage.apply(APool.named("mail").withWorkers().yaml());
        stage.pools().awaitReplicas("mail", 1, PATIENCE);
        stage.pools().awaitCondition("mail", "Ready", ready -> ready.getStatus().equals("True"), PATIENCE);
        return stage;
    }

    /** What follows from the start is over: the operator has written nothing for two seconds. */
    private static void quiet(Stage stage) {
        await().atMost(PATIENCE).until(() -> {
            AuditLog.Mark mark = stage.mark();
            Thread.sleep(2000);
            return stage.writesSince(mark).isEmpty();
        });
    }

    private static double reconciliations(Stage stage) {
        return RECONCILIATIONS
                .matcher(stage.operator().metrics())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    private static void awaits(Stage stage, String value, String object, String path) {
        await(object + " " + path)
                .atMost(PATIENCE)
                .until(() ->
                        stage.kubectl("get", object, "-o", "jsonpath=" + path).contains(value));
    }

    private static boolean exists(Stage stage, String object) {
        return !stage.kubectl("get", object, "-o", "name", "--ignore-not-found").isEmpty();
    }

    private static String uid(Stage stage, String object) {
        return stage.kubectl("get", object, "-o", "jsonpath={.metadata.uid}");
    }
}
