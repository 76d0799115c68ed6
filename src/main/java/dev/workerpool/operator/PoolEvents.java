package dev.workerpool.operator;

import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.api.WorkerPoolStatus.DecisionStatus;
import dev.workerpool.operator.EventRecorder.Said;
import dev.workerpool.operator.EventRecorder.Severity;
import dev.workerpool.scaling.Decision;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.PoolSituation;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.status.PoolVerdicts;
import dev.workerpool.status.QueuesConsumed;
import dev.workerpool.status.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened to a pool that a person would want to know, once. */
final class PoolEvents {
    private final EventRecorder recorder;

    PoolEvents(EventRecorder recorder) {
        this.recorder = recorder;
    }

    void tell(WorkerPool pool, PoolReport report) {
        report.situation().stall().ifPresent(note -> warnOnce(pool, ConditionType.Stalled, note));
        report.situation()
                .broker()
                .filter(note -> !BrokerView.NOT_PROVEN_YET.equals(note.reason()))
                .ifPresent(note -> warnOnce(pool, ConditionType.BrokerReady, note));
        blind(pool, report.situation());
        unconsumed(pool, report.situation().queuesConsumed());
        Stream.of(
                        report.situation().periodicJobs(),
                        report.situation().singletons(),
                        report.situation().injected())
                .flatMap(Optional::stream)
                .filter(verdict -> verdict.status() == Verdict.Truth.False)
                .forEach(verdict -> warnOnce(pool, verdict.type(), new Note(verdict.reason(), verdict.message())));
    }

    void refused(WorkerPool pool, Note note) {
        warnOnce(pool, ConditionType.Stalled, note);
    }

    /** A change of size that is about to be written. */
    record Step(int from, int to, Deployment live) {}

    void scaling(WorkerPool pool, Decision decision, Step step) {
        recorder.record(
                pool,
                new Said(
                        Severity.Normal,
                        "Scaled",
                        "from %d to %d: %s, %s"
                                .formatted(step.from(), step.to(), decision.reason(), decision.message())),
                "scaled to " + step.to() + " at " + step.live().getMetadata().getGeneration());
    }

    /** A pod that is about to be evicted, because it takes nothing. */
    void replacing(WorkerPool pool, String pod, String uid, Verdict why) {
        recorder.record(
                pool,
                new Said(Severity.Normal, "Replaced", "pod %s: %s".formatted(pod, why.message())),
                "replaced " + uid);
    }

    /** Nothing is lowered for want of knowledge: said when that begins, not while it lasts. */
    private void blind(WorkerPool pool, PoolSituation situation) {
        Decision decision = situation.decision();
        Optional<DecisionStatus> shown = Optional.ofNullable(pool.getStatus()).map(WorkerPoolStatus::decision);
        boolean began = shown.filter(
                        before -> !before.reason().equals(decision.reason().name()))
                .isPresent();
        if (began && situation.brokerProven() && PoolVerdicts.blind(decision.reason())) {
            recorder.record(
                    pool,
                    new Said(Severity.Warning, decision.reason().name(), decision.message()),
                    shown.map(DecisionStatus::time).orElse(""));
        }
    }

    /** Its message names the queues and since when: the same told by the next process is the same event. */
    private void unconsumed(WorkerPool pool, Verdict verdict) {
        Optional<Condition> shown = Optional.ofNullable(pool.getStatus())
                .flatMap(status -> ConditionList.find(status.conditions(), ConditionType.QueuesConsumed));
        boolean known = shown.filter(condition -> verdict.reason().equals(condition.getReason()))
                .isPresent();
        if (!known && QueuesConsumed.warns(verdict)) {
            recorder.record(
                    pool,
                    new Said(Severity.Warning, verdict.reason(), verdict.message()),
                    QueuesConsumed.occasion(verdict));
        }
    }

    private void warnOnce(WorkerPool pool, ConditionType type, Note note) {
        Optional<Condition> shown =
                Optional.ofNullable(pool.getStatus()).flatMap(status -> ConditionList.find(status.conditions(), type));
        boolean known = shown.filter(condition -> note.reason().equals(condition.getReason()))
                .isPresent();
        if (!known) {
            recorder.record(
                    pool,
                    new Said(Severity.Warning, note.reason(), note.message()),
                    shown.map(Condition::getLastTransitionTime).orElse("first")
                            + pool.getMetadata().getGeneration());
        }
    }
}
