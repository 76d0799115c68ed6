package dev.workerpool.operator;

import dev.workerpool.api.Singleton;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.Given;
import dev.workerpool.desired.Labels;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.desired.Proven;
import dev.workerpool.desired.SingletonObjects;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.status.SingletonVerdict;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Optional;

/** What runs exactly once beside a pool's workers. Whatever a pool's size and its Broker's state, no more of it than one each. */
final class Singletons {
    private final KubernetesClient client;
    private final Applier applier;
    private final PoolCaches caches;

    Singletons(KubernetesClient client, Applier applier, PoolCaches caches) {
        this.client = client;
        this.applier = applier;
        this.caches = caches;
    }

    /** Puts an end to those that nobody asks for any more, and to others' changes of size. */
    void tend(PoolSettings settings) {
        for (StatefulSet live : own(settings)) {
            if (live.getMetadata().getDeletionTimestamp() != null) {
                continue;
            }
            if (!isAsked(settings, live)) {
                // It is there until its pod is gone: whoever takes its place, by another name perhaps, waits for that.
                client.resource(live)
                        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                        .delete();
            } else if (live.getSpec().getReplicas() != 1) {
                resize(live);
            }
        }
    }

    /** A small patch: an apply would render the whole template again. */
    private void resize(StatefulSet live) {
        StatefulSet one = client.resource(live)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(Labels.OPERATOR)
                                .build(),
                        new SizePatch(live.getSpec().getReplicas(), 1).json());
        caches.singletons().handleRecentResourceUpdate(ResourceID.fromResource(live), one, live);
    }

    /** Brings each to what was proven; what keeps one from it, where something does. New ones wait until those that go are gone. */
    Optional<Note> ensure(PoolSettings settings, Proven proven) {
        boolean someGo = own(settings).stream().anyMatch(live -> !isAsked(settings, live));
        Optional<Note> fault = Optional.empty();
        for (Singleton singleton : SingletonObjects.asked(settings)) {
            if (someGo && live(settings, singleton).isEmpty()) {
                continue;
            }
            StatefulSet desired = SingletonObjects.statefulSet(settings, proven, singleton);
            Applied<StatefulSet> applied =
                    applier.bring(desired, caches.singletons(), live -> applier.isOutdated(desired, live));
            fault = fault.or(() -> PoolWriter.fault(applied));
        }
        return fault;
    }

    /** How each of those that are asked for does. */
    List<SingletonVerdict.State> states(PoolSettings settings) {
        return SingletonObjects.asked(settings).stream()
                .map(singleton -> new SingletonVerdict.State(
                        singleton.name(),
                        SingletonObjects.name(settings, singleton),
                        live(settings, singleton).filter(Singletons::runs).isPresent()))
                .toList();
    }

    /** Whether there is one that a change of its Broker's would restart. */
    boolean exist(PoolSettings settings) {
        return SingletonObjects.asked(settings).stream()
                .anyMatch(singleton -> live(settings, singleton).isPresent());
    }

    /** Whether each has all that is given now. */
    boolean haveAll(PoolSettings settings, Proven offered) {
        return SingletonObjects.asked(settings).stream()
                .allMatch(singleton -> live(settings, singleton)
                        .flatMap(Given::to)
                        .filter(given -> Given.isAll(settings, offered, given))
                        .isPresent());
    }

    /** Whether each is there as people want it, whatever its Broker gives by now. */
    boolean areAsAsked(PoolSettings settings) {
        return SingletonObjects.asked(settings).stream()
                .allMatch(singleton -> live(settings, singleton)
                        .filter(live -> SingletonObjects.isAsAsked(settings, singleton, live))
                        .isPresent());
    }

    /** Whether some of a pool are being replaced. Nobody waits any longer for one that was said not to run. */
    boolean roll(PoolKey pool) {
        List<StatefulSet> all = caches.singletonsOf(pool);
        return all.stream().anyMatch(Singletons::isBeingReplaced)
                || (all.stream().anyMatch(live -> !runs(live)) && !isGivenUp(pool));
    }

    private boolean isGivenUp(PoolKey pool) {
        return caches.pool(pool.namespace(), pool.name())
                .map(WorkerPool::getStatus)
                .map(WorkerPoolStatus::conditions)
                .flatMap(shown -> ConditionList.find(shown, ConditionType.SingletonsReady))
                .filter(condition -> "False".equals(condition.getStatus()))
                .isPresent();
    }

    /** Whether its pod may still be of a former template. */
    static boolean isBeingReplaced(StatefulSet live) {
        return !Noteworthy.hasNewestPod(live);
    }

    private static boolean runs(StatefulSet live) {
        return Noteworthy.hasNewestPod(live) && Noteworthy.isAvailable(live);
    }

    private Optional<StatefulSet> live(PoolSettings settings, Singleton singleton) {
        return caches.singletons()
                .get(new ResourceID(
                        SingletonObjects.name(settings, singleton),
                        settings.identity().namespace()))
                .filter(live -> isOwn(settings, live))
                .filter(live -> live.getMetadata().getDeletionTimestamp() == null);
    }

    private List<StatefulSet> own(PoolSettings settings) {
        return caches.singletonsOf(PoolRounds.key(settings)).stream()
                .filter(live -> isOwn(settings, live))
                .toList();
    }

    private static boolean isOwn(PoolSettings settings, StatefulSet live) {
        return live.hasOwnerReferenceFor(settings.identity().uid());
    }

    private static boolean isAsked(PoolSettings settings, StatefulSet live) {
        return SingletonObjects.asked(settings).stream()
                .anyMatch(singleton -> SingletonObjects.name(settings, singleton)
                        .equals(live.getMetadata().getName()));
    }
}
