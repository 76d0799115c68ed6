package dev.workerpool.status;

import static dev.workerpool.status.ConditionType.BrokerReady;
import static dev.workerpool.status.ConditionType.Ready;
import static dev.workerpool.status.ConditionType.Reconciling;
import static dev.workerpool.status.ConditionType.ScalingActive;
import static dev.workerpool.status.ConditionType.Stalled;

import dev.workerpool.scaling.Reason;
import dev.workerpool.scaling.Settings;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.status.PoolSituation.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pool's conditions, in words. */
public final class PoolVerdicts {
    private PoolVerdicts() {}

    public static List<Verdict> of(PoolSituation situation) {
        Optional<Note> stall = stall(situation);
        Optional<Note> underWay = stall.isPresent() ? Optional.empty() : underWay(situation);
        List<Verdict> verdicts = new ArrayList<>(List.of(
                ready(stall, underWay),
                underWay.map(note -> Verdict.holds(Reconciling, note.reason(), note.message()))
                        .orElseGet(() -> Verdict.fails(Reconciling, "UpToDate", "nothing is on its way")),
                stall.map(note -> Verdict.holds(Stalled, note.reason(), note.message()))
                        .orElseGet(() -> Verdict.fails(Stalled, "NotStalled", "nothing needs a person's help")),
                situation
                        .broker()
                        .map(note -> Verdict.fails(BrokerReady, note.reason(), note.message()))
                        .orElseGet(() -> Verdict.holds(BrokerReady, "Connected", "the broker answers")),
                scalingActive(situation),
                situation.queuesConsumed()));
        situation.periodicJobs().ifPresent(verdicts::add);
        situation.singletons().ifPresent(verdicts::add);
        situation.injected().ifPresent(verdicts::add);
        verdicts.addAll(situation.access());
        return verdicts;
    }

    private static Optional<Note> stall(PoolSituation situation) {
        return situation
                .stall()
                .or(() -> situation
                        .rollout()
                        .flatMap(Rollout::failure)
                        .map(failure -> new Note("ProgressDeadlineExceeded", failure)));
    }

    private static Optional<Note> underWay(PoolSituation situation) {
        if (!situation.brokerProven()) {
            return situation
                    .broker()
                    .map(note -> new Note("WaitingForBroker", note.message()))
                    .or(() -> Optional.of(new Note("WaitingForBroker", "the broker has not been proven yet")));
        }
        return situation
                .rollout()
                .map(rollout -> rollout.complete() ? Optional.<Note>empty() : Optional.of(progress(rollout)))
                .orElseGet(() -> Optional.of(new Note("NoDeployment", "there is no Deployment yet")));
    }

    private static Note progress(Rollout rollout) {
        return new Note(
                "RollingOut",
                "%d of %d pods are available, %d of them up to date"
                        .formatted(rollout.available(), rollout.wanted(), rollout.updated()));
    }

    private static Verdict ready(Optional<Note> stall, Optional<Note> underWay) {
        return stall.or(() -> underWay)
                .map(note -> Verdict.fails(Ready, note.reason(), note.message()))
                .orElseGet(
                        () -> Verdict.holds(Ready, "AsDecided", "as many workers run as were decided, all up to date"));
    }

    private static Verdict scalingActive(PoolSituation situation) {
        Optional<Settings.Scaling> scaling = situation.settings().scaling();
        if (scaling.isEmpty()) {
            return Verdict.fails(ScalingActive, "NotConfigured", "spec.scaling is absent: spec.replicas rules");
        }
        return switch (scaling.get().mode()) {
            case PAUSED -> Verdict.fails(ScalingActive, "Paused", "spec.scaling.mode is Paused");
            case RECOMMEND ->
                Verdict.fails(
                        ScalingActive, "RecommendOnly", "spec.scaling.mode is Recommend: decisions are only reported");
            case ACTIVE ->
                blind(situation.decision().reason())
                        ? Verdict.fails(
                                ScalingActive,
                                situation.decision().reason().name(),
                                situation.decision().message())
                        : Verdict.holds(ScalingActive, "Deciding", "the operator decides from what waits");
        };
    }

    /** Whether a decision was held for want of knowledge. */
    public static boolean blind(Reason reason) {
        return switch (reason) {
            case BrokerUnavailable, BacklogUnknown, RunningUnknown -> true;
            case FixedReplicas,
                    Backlog,
                    Running,
                    MinReplicas,
                    MaxReplicas,
                    Idle,
                    IdleNotProven,
                    LoweringSlowly,
                    JustStarted,
                    WorkersSettling,
                    Paused -> false;
        };
    }
}
