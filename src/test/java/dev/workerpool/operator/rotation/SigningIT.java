package dev.workerpool.operator.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.story.Stage;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Signing comes, all keys are replaced, and a pool joins, with a web app that is restarted when it is named: nobody would drop a message. */
@RealControlPlane
class SigningIT {
    @Test
    void signing_comes_phase_by_phase_and_keys_are_replaced_and_no_message_would_be_dropped(
            ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (Signed stage = new Signed(pools);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            stage.create();
            stage.awaitProtected("", 3, Signed.PATIENCE);
            assertEquals(List.of(), stage.dropped());
            assertTrue(
                    stage.phases().containsAll(List.of("Accepting", "ClientsSigning", "Signing", "Enforced")),
                    stage.phases().toString());
            Set<String> before = certificates(stage.stores());
            assertEquals(3, before.size(), "each has its own, and all know all");

            stage.rotate("signing-1");
            stage.awaitProtected("signing-1", 3, Signed.PATIENCE);
            Set<String> after = certificates(stage.stores());
            assertEquals(3, after.size());
            assertTrue(after.stream().noneMatch(before::contains), "no former certificate is known any more");
            assertEquals(List.of(), stage.dropped());

            stage.pool("news");
            stage.awaitProtected("signing-1", 4, Signed.PATIENCE);
            assertEquals(List.of(), stage.dropped());
            assertTrue(stage.looks() > 100, "looks: " + stage.looks());
            assertFalse(operator.log().contains("PRIVATE KEY"), "no key in the log");
            assertFalse(pools.broker("jobs").getStatus().toString().contains("PRIVATE KEY"));
        }
    }

    private static Set<String> certificates(Map<String, Set<String>> stores) {
        return stores.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
    }
}
