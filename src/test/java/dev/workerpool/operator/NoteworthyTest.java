package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NoteworthyTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final Deployment before = new DeploymentBuilder()
            .withNewMetadata()
            .withName("mail")
            .withGeneration(1L)
            .withCreationTimestamp(CREATED.toString())
            .addToLabels("team", "post")
            .addNewManagedField()
            .withManager(Labels.OPERATOR)
            .withFieldsV1(new FieldsV1())
            .endManagedField()
            .endMetadata()
            .withNewSpec()
            .withReplicas(2)
            .endSpec()
            .withNewStatus()
            .withReplicas(2)
            .withReadyReplicas(1)
            .withObservedGeneration(1L)
            .addNewCondition()
            .withType("Progressing")
            .withReason("ReplicaSetUpdated")
            .endCondition()
            .endStatus()
            .build();

    @Test
    void what_a_controller_notes_of_its_own_way_is_not_looked_at() {
        assertFalse(noteworthy(status(now -> now.editFirstCondition()
                .withReason("NewReplicaSetAvailable")
                .withLastUpdateTime("2026-01-01T00:00:09Z")
                .endCondition())));
        assertFalse(noteworthy(meta(now -> now.withResourceVersion("17"))));
    }

    @Test
    void pods_that_become_ready_and_a_size_that_is_reached_are_looked_at() {
        assertTrue(noteworthy(status(now -> now.withReadyReplicas(2))));
        assertTrue(noteworthy(status(now -> now.withAvailableReplicas(2))));
        assertTrue(noteworthy(status(now -> now.withObservedGeneration(0L))));
    }

    @Test
    void a_roll_out_past_its_deadline_is_looked_at() {
        assertTrue(noteworthy(status(now -> now.editFirstCondition()
                .withReason("ProgressDeadlineExceeded")
                .withMessage("took too long")
                .endCondition())));
    }

    @Test
    void what_somebody_else_changed_is_looked_at_though_its_value_is_the_same() {
        assertTrue(noteworthy(meta(now -> now.withGeneration(2L))));
        assertTrue(noteworthy(meta(now -> now.addToLabels("team", "parcels"))));
        assertTrue(noteworthy(meta(now -> now.addToAnnotations("a", "b"))));
        assertTrue(noteworthy(meta(now -> now.withManagedFields())));
        assertTrue(noteworthy(meta(now -> now.withDeletionTimestamp("2026-01-01T00:00:09Z"))));
    }

    @Test
    void a_deployment_that_its_controller_has_not_seen_is_new_for_a_moment_only() {
        Written written = Written.nothing(Optional.of(status(now -> now.withObservedGeneration(0L))));
        assertTrue(written.justCreated(CREATED.plusSeconds(59)));
        assertFalse(written.justCreated(CREATED.plusSeconds(60)));
        assertFalse(Written.nothing(Optional.of(before)).justCreated(CREATED.plusSeconds(1)));
        assertFalse(Written.nothing(Optional.empty()).justCreated(CREATED));
    }

    @Test
    void of_what_runs_once_it_is_looked_at_whether_its_newest_pod_is_there_and_available() {
        StatefulSet running = set(1, 1, 1, 1);
        assertTrue(Noteworthy.hasNewestPod(running) && Noteworthy.isAvailable(running));
        assertFalse(Noteworthy.hasNewestPod(set(1, 1, 0, 1)), "the pod is of a former template");
        assertFalse(Noteworthy.hasNewestPod(set(1, 0, 0, 0)), "between two pods");
        assertFalse(Noteworthy.hasNewestPod(set(0, 1, 1, 1)), "its controller has not seen it yet");
        assertFalse(Noteworthy.hasNewestPod(set(1, 2, 2, 2)), "somebody else has changed its size");
        assertTrue(Noteworthy.STATEFUL_SET.accept(set(1, 1, 1, 0), running));
        assertTrue(Noteworthy.STATEFUL_SET.accept(set(1, 1, 0, 1), running));
        assertFalse(Noteworthy.STATEFUL_SET.accept(set(1, 1, 1, 1), running));
    }

    private static StatefulSet set(long observed, int pods, int updated, int available) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("mail-beat")
                .withGeneration(1L)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(observed)
                .withReplicas(pods)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }

    private boolean noteworthy(Deployment now) {
        return Noteworthy.DEPLOYMENT.accept(now, before);
    }

    private Deployment meta(UnaryOperator<ObjectMetaBuilder> change) {
        return new DeploymentBuilder(before)
                .withMetadata(change.apply(new ObjectMetaBuilder(before.getMetadata()))
                        .build())
                .build();
    }

    private Deployment status(UnaryOperator<DeploymentStatusBuilder> change) {
        return new DeploymentBuilder(before)
                .withStatus(change.apply(new DeploymentStatusBuilder(before.getStatus()))
                        .build())
                .build();
    }
}
