package dev.workerpool.story.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A key that holds something else than jobs tells no number: the size stays until it does. */
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongKeyIT {
    private static final String REFUSAL = "key jobs:mail holds a hash, not a list";

    private final Neighbourhood all;

    WrongKeyIT(ControlPlane cluster, TestNamespace namespace) {
        all = Neighbourhood.of(cluster, namespace);
    }

    @AfterAll
    void endsWithoutAPasswordTold() {
        all.end();
    }

    @Test
    void aKeyOfTheWrongTypeIsNamedAndTheSizeStaysUntilItIsGone() {
        all.apply(Neighbourhood.pool("mail", "jobs").withWorkers().yaml());
        all.enqueue("mail", 3);
        all.awaitReplicas("mail", 3);
        Told pool = all.pool("mail");
        pool.isReady("AsDecided");

        all.redis().cli("HSET", "hash", "field", "value");
        all.redis().cli("RENAME", "hash", "jobs:mail");
        pool.saysLike("ScalingActive", "False", "BacklogUnknown", ".*" + REFUSAL + ".*");
        assertEquals("", all.kubectl("get", "wp/mail", "-o", "jsonpath={.status.waiting}"), "unknown, not zero");
        pool.says("BrokerReady", "True", "Connected", "the broker answers");
        pool.isReady("AsDecided");
        all.neighbour().goesOn();
        assertEquals(3, all.pools().replicas("mail"));

        all.redis().cli("DEL", "jobs:mail");
        all.enqueue("mail", 5);
        all.awaitReplicas("mail", 5);
        pool.says("ScalingActive", "True", "Deciding", "the operator decides from what waits");
        pool.isReady("AsDecided");
        List<String> warnings = pool.warnings();
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.getFirst().startsWith("BacklogUnknown: "), warnings::toString);
        assertTrue(warnings.getFirst().contains(REFUSAL), warnings::toString);
        all.neighbour().goesOn();
    }

    @Test
    void aKeyThatWasNeverAListLetsThePoolBeginAtItsLeastSize() {
        all.redis().cli("SET", "jobs:text", "value");
        all.apply(Neighbourhood.pool("text", "jobs").withWorkers().yaml());
        all.awaitReplicas("text", 1);
        Told pool = all.pool("text");
        pool.saysLike("ScalingActive", "False", "BacklogUnknown", ".*key jobs:text holds a string, not a list.*");
        pool.isReady("AsDecided");

        all.redis().cli("DEL", "jobs:text");
        all.enqueue("text", 2);
        all.awaitReplicas("text", 2);
        pool.says("ScalingActive", "True", "Deciding", "the operator decides from what waits");
        all.neighbour().goesOn();
    }
}
