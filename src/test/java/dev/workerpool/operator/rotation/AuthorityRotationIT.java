package dev.workerpool.operator.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.story.Stage;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.ClientIdentity;
import org.junit.jupiter.api.Test;

/** A new leaf, and then a whole new authority, while clients connect all the time: none is refused. */
@RealControlPlane
class AuthorityRotationIT {
    @Test
    void each_pool_has_its_own_and_the_authority_is_followed_by_another_without_a_refused_connection(
            ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (Certified stage = Certified.ofPools(pools);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            stage.create();
            stage.awaitSettled("");
            stage.watch();
            String before = stage.authority().orElseThrow().sha256();
            Course course = new Course(stage);
            course.ofLeaves();

            ClientIdentity former = stage.identity("mail");
            int atFirst = stage.connections();
            stage.rotate("authority-1");
            stage.awaitSettled("authority-1");

            assertNotEquals(before, stage.authority().orElseThrow().sha256());
            course.wasWithoutARefusal(former);
            assertTrue(stage.connections() > atFirst + 10, "connections: " + (stage.connections() - atFirst));
            assertEquals("+PONG", stage.ping(stage.identity("mail")));
            assertFalse(operator.log().contains("PRIVATE KEY"), "no key in the log");
            assertFalse(pools.broker("jobs").getStatus().toString().contains("PRIVATE KEY"));
        }
    }
}
