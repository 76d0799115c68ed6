package dev.workerpool.story.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An object of a pool's name that somebody else has made is left as it is, and told of until it is gone. */
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangersIT {
    private final Neighbourhood all;

    StrangersIT(ControlPlane cluster, TestNamespace namespace) {
        all = Neighbourhood.of(cluster, namespace);
    }

    @AfterAll
    void endsWithoutAPasswordTold() {
        all.end();
    }

    @Test
    void aStrangersDeploymentSurvives() {
        standsInTheWay("web", "Deployment", deployment("web", "{app: web}"));
    }

    /** As it comes about where somebody copies a pool's Deployment: labels make nobody an owner. */
    @Test
    void aStrangersDeploymentWithTheOperatorsLabelsSurvives() {
        standsInTheWay(
                "copy",
                "Deployment",
                deployment("copy", "{app.kubernetes.io/managed-by: workerpool-operator, workerpool.dev/pool: copy}"));
    }

    @Test
    void aStrangersServiceAccountSurvives() {
        standsInTheWay("robot", "ServiceAccount", """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: robot, labels: {team: shop}}
                """);
    }

    @Test
    void aStrangersPodDisruptionBudgetSurvives() {
        standsInTheWay("budget", "PodDisruptionBudget", """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: budget}
                spec: {minAvailable: 1, selector: {matchLabels: {app: theirs}}}
                """);
    }

    private void standsInTheWay(String name, String kind, String manifest) {
        Stranger stranger = Stranger.settled(all, kind + "/" + name, manifest);
        all.apply(Neighbourhood.pool(name, "jobs").withWorkers().yaml());
        all.enqueue(name, 2);
        Told pool = all.pool(name);
        String message = "%s %s exists and is not this pool's: it is left as it is; rename or delete one of the two"
                .formatted(kind, name);
        pool.says("Stalled", "True", "NameConflict", message);
        pool.says("Ready", "False", "NameConflict", message);
        pool.says("BrokerReady", "True", "Connected", "the broker answers");
        all.neighbour().goesOn();
        stranger.isUntouched();

        stranger.leaves();
        all.awaitReplicas(name, 2);
        pool.isReady("AsDecided");
        pool.says("Stalled", "False", "NotStalled", "nothing needs a person's help");
        pool.warnedOf("NameConflict");
        assertEquals(
                name,
                all.kubectl("get", kind + "/" + name, "-o", "jsonpath={.metadata.ownerReferences[0].name}"),
                "now the pool's own");
        all.neighbour().goesOn();
    }

    private static String deployment(String name, String labels) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, labels: %s}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: theirs}}
                  template:
                    metadata: {labels: {app: theirs}}
                    spec: {containers: [{name: worker, image: "example.com/theirs:1"}]}
                """.formatted(name, labels);
    }
}
