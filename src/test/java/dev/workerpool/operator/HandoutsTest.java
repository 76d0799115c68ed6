package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

class HandoutsTest {
    @Test
    void a_roll_out_is_over_when_its_controller_says_so() {
        assertTrue(Handouts.rolls(said("ReplicaSetUpdated")));
        assertFalse(Handouts.rolls(said("NewReplicaSetAvailable")));
        assertFalse(Handouts.rolls(said("ProgressDeadlineExceeded")), "nobody waits for it");
    }

    @Test
    void where_the_controller_says_nothing_for_want_of_a_deadline_its_pods_tell() {
        assertTrue(Handouts.rolls(counted(3, 1, 3)));
        assertTrue(Handouts.rolls(counted(4, 3, 3)), "an old one is there");
        assertTrue(Handouts.rolls(counted(3, 3, 2)));
        assertFalse(Handouts.rolls(counted(3, 3, 3)));
    }

    @Test
    void what_its_controller_has_not_seen_yet_rolls() {
        Deployment unseen = counted(3, 3, 3);
        unseen.getStatus().setObservedGeneration(1L);
        assertTrue(Handouts.rolls(unseen));
    }

    private static Deployment said(String reason) {
        return aDeployment()
                .withNewStatus()
                .withObservedGeneration(2L)
                .addNewCondition()
                .withType("Progressing")
                .withReason(reason)
                .endCondition()
                .endStatus()
                .build();
    }

    private static Deployment counted(int all, int updated, int available) {
        return aDeployment()
                .withNewStatus()
                .withObservedGeneration(2L)
                .withReplicas(all)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }

    private static DeploymentBuilder aDeployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("mail")
                .withGeneration(2L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .endSpec();
    }
}
