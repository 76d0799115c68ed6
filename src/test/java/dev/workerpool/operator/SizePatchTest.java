package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

class SizePatchTest {
    @Test
    void aSizeIsChangedOnlyWhereItStillIsWhatWasSeen() {
        assertTrue(new SizePatch(3, 5).isDue(ofSize(3)));
        assertFalse(new SizePatch(3, 5).isDue(ofSize(7)), "somebody has raised it since");
        assertFalse(new SizePatch(3, 5).isDue(ofSize(5)), "it is done already");
        assertFalse(new SizePatch(3, 3).isDue(ofSize(3)), "nothing is to be changed");
    }

    private static Deployment ofSize(int replicas) {
        return new DeploymentBuilder()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }
}
