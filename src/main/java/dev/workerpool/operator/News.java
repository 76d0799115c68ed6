package dev.workerpool.operator;

import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.operator.PoolMonitor.View;
import dev.workerpool.scaling.Replacement;
import dev.workerpool.scaling.Sizing;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.PoolFigures;
import dev.workerpool.status.PoolStatuses;
import dev.workerpool.status.QueuesConsumed;
import dev.workerpool.status.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Whether a view of a pool differs from the live Deployment, or from what its status shows, so that a reconcile is due. */
final class News implements BiPredicate<PoolKey, View> {
    private final Function<PoolKey, Optional<WorkerPool>> pools;
    private final Clock clock;

    /**
     * @param pools from a cache
     */
    News(Function<PoolKey, Optional<WorkerPool>> pools, Clock clock) {
        this.pools = pools;
        this.clock = clock;
    }

    @Override
    public boolean test(PoolKey key, View view) {
        Optional<WorkerPool> pool = pools.apply(key);
        if (pool.isEmpty()) {
            return false;
        }
        WorkerPoolStatus shown = pool.get().getStatus();
        return shown == null
                || shown.decision() == null
                || (otherSize(view) && !isStuck(shown))
                || isToBeReplaced(view.replacement(shown))
                || !ConditionList.find(shown.conditions(), ConditionType.QueuesConsumed)
                        .filter(condition -> QueuesConsumed.says(condition, view.queuesConsumed(shown)))
                        .isPresent()
                || otherPeriodicJobs(shown, view)
                || otherWords(shown, view);
    }

    /**
     * A size that could not be written is tried again with a backoff, not at each measurement. Where it can be, a new
     * decision is other words, and whoever changes the Deployment wakes the reconciler by that.
     */
    private static boolean isStuck(WorkerPoolStatus shown) {
        return ConditionList.find(shown.conditions(), ConditionType.Stalled)
                .filter(stalled -> "True".equals(stalled.getStatus()))
                .isPresent();
    }

    private static boolean otherPeriodicJobs(WorkerPoolStatus shown, View view) {
        return !ConditionList.find(shown.conditions(), ConditionType.PeriodicJobs)
                .map(Condition::getReason)
                .equals(view.periodicJobs(shown).map(Verdict::reason));
    }

    private static boolean isToBeReplaced(Replacement replacement) {
        return replacement instanceof Replacement.Note || replacement instanceof Replacement.Evict;
    }

    private static boolean otherSize(View view) {
        PoolSettings settings = view.settings();
        int live = view.observation().fleet().replicas();
        return Sizing.inForce(settings.scaling(), view.decision(), live, !settings.ownsDeployment()) != live;
    }

    private boolean otherWords(WorkerPoolStatus shown, View view) {
        if (!PoolStatuses.says(Objects.requireNonNull(shown.decision()), view.decision())) {
            return true;
        }
        if (PoolStatuses.shownLately(shown, clock.instant())) {
            return false;
        }
        PoolFigures figures = PoolFigures.of(view.observation(), view.history());
        return PoolStatuses.figuresDiffer(shown, figures);
    }
}
