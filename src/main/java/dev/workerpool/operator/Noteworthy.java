package dev.workerpool.operator;

import dev.workerpool.desired.Labels;
import dev.workerpool.status.PoolSituation.Rollout;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a pool's children are looked at. Each is also told of what others note in its status, several times for each
 * change of size; a reconcile for each of them was half of all.
 */
final class Noteworthy {
    private Noteworthy() {}

    /** Whether anything but the status was changed, or who manages what is ours. */
    static final OnUpdateFilter<HasMetadata> OBJECT =
            (now, before) -> !Essence.of(now).equals(Essence.of(before));

    /** The same, or what is shown of its pods. */
    static final OnUpdateFilter<Deployment> DEPLOYMENT = (now, before) -> OBJECT.accept(now, before)
            || ready(now) != ready(before)
            || !rollout(now).equals(rollout(before));

    /** The same of what runs once. */
    static final OnUpdateFilter<StatefulSet> STATEFUL_SET = (now, before) -> OBJECT.accept(now, before)
            || hasNewestPod(now) != hasNewestPod(before)
            || isAvailable(now) != isAvailable(before);

    private record Essence(
            @Nullable Long generation,
            @Nullable Object labels,
            @Nullable Object annotations,
            @Nullable Object owners,
            @Nullable String deleted,
            List<Optional<FieldsV1>> ours) {
        static Essence of(HasMetadata object) {
            ObjectMeta meta = object.getMetadata();
            return new Essence(
                    meta.getGeneration(),
                    meta.getLabels(),
                    meta.getAnnotations(),
                    meta.getOwnerReferences(),
                    meta.getDeletionTimestamp(),
                    meta.getManagedFields().stream()
                            .filter(entry -> Labels.OPERATOR.equals(entry.getManager()))
                            .map(ManagedFieldsEntry::getFieldsV1)
                            .map(Optional::ofNullable)
                            .toList());
        }
    }

    private static int ready(Deployment deployment) {
        return count(status(deployment).getReadyReplicas());
    }

    private static DeploymentStatus status(Deployment deployment) {
        return Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
    }

    /** How far its controller is with it. */
    static Rollout rollout(Deployment deployment) {
        DeploymentStatus status = status(deployment);
        Long observed = status.getObservedGeneration();
        return new Rollout(
                count(deployment.getSpec().getReplicas()),
                count(status.getReplicas()),
                count(status.getUpdatedReplicas()),
                count(status.getAvailableReplicas()),
                observed != null && observed >= deployment.getMetadata().getGeneration(),
                Optional.ofNullable(status.getConditions()).orElse(List.of()).stream()
                        .filter(condition -> "ProgressDeadlineExceeded".equals(condition.getReason()))
                        .map(DeploymentCondition::getMessage)
                        .findFirst());
    }

    /** Whether its controller has seen it as it is, and no pod of a former template is left. */
    static boolean hasNewestPod(StatefulSet set) {
        StatefulSetStatus status = status(set);
        Long observed = status.getObservedGeneration();
        return observed != null
                && observed >= set.getMetadata().getGeneration()
                && count(status.getReplicas()) == 1
                && count(status.getUpdatedReplicas()) == 1;
    }

    /** Whether its one pod has been ready for long enough. */
    static boolean isAvailable(StatefulSet set) {
        return count(status(set).getAvailableReplicas()) == 1;
    }

    private static StatefulSetStatus status(StatefulSet set) {
        return Objects.requireNonNullElseGet(set.getStatus(), StatefulSetStatus::new);
    }

    private static int count(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
