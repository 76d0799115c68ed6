package dev.workerpool.story.badinput;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What only a person can mend is tried again now and then, however often its queues are read meanwhile. */
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatienceIT {
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private final ControlPlane cluster;
    private final Neighbourhood all;

    PatienceIT(ControlPlane cluster, TestNamespace namespace) {
        this.cluster = cluster;
        this.all = Neighbourhood.of(cluster, namespace);
    }

    @AfterAll
    void endsWithoutAPasswordTold() {
        all.end();
    }

    @Test
    void aPoolThatIsStuckCostsTheApiServerLittle() throws InterruptedException {
        all.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: robot}
                """);
        all.apply(Neighbourhood.pool("robot", "jobs").withWorkers().yaml());
        all.apply(Neighbourhood.pool("lost", "jobs")
                .with("template: {spec: {containers: [{name: worker, image: example.com/worker:2, "
                        + "volumeMounts: [{name: nowhere, mountPath: /data}]}]}}")
                .yaml());
        all.enqueue("robot", 2);
        all.enqueue("lost", 2);
        all.pool("robot").saysLike("Stalled", "True", "NameConflict", ".*");
        all.pool("lost").saysLike("Stalled", "True", "Refused", ".*");

        var mark = cluster.auditLog().mark();
        Thread.sleep(A_WHILE.toMillis());
        List<String> tries = cluster.auditLog().since(mark).stream()
                .filter(AuditEntry::isWrite)
                .filter(entry -> entry.userAgent().startsWith("workerpool-operator/"))
                .map(entry -> entry.target().resource() + "/" + entry.target().name())
                .toList();
        assertTrue(tries.contains("leases/workerpool-operator"), "the operator's requests are seen");
        for (String stuck : List.of("serviceaccounts/robot", "deployments/lost")) {
            // After 5 s and after 10 s more; one or two before the first status was seen.
            int times = Collections.frequency(tries, stuck);
            assertTrue(times <= 5, () -> times + " times " + stuck + ": " + tries);
        }
        all.neighbour().goesOn();

        all.kubectl("delete", "serviceaccount/robot");
        all.awaitReplicas("robot", 2);
        all.pool("robot").isReady("AsDecided");
    }
}
