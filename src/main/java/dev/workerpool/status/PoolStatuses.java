package dev.workerpool.status;

import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.api.WorkerPoolStatus.DecisionStatus;
import dev.workerpool.scaling.Decision;
import dev.workerpool.status.PoolSituation.Rollout;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pool's status, and whether a new one is worth writing. */
public final class PoolStatuses {
    /** Figures alone are written at most so often: live ones are metrics. */
    public static final Duration FIGURES_AT_MOST_EVERY = Duration.ofMinutes(1);

    private PoolStatuses() {}

    public static WorkerPoolStatus of(
            PoolSituation situation, PoolFigures figures, Pods pods, @Nullable WorkerPoolStatus before, Instant now) {
        return new WorkerPoolStatus(
                pods.generation(),
                situation.rollout().map(Rollout::existing).orElse(0),
                pods.ready(),
                pods.selector(),
                figures.waiting(),
                figures.running(),
                figures.oldest(),
                figures.scheduled(),
                figures.failed(),
                startUpTime(figures, before),
                figures.queues(),
                figures.observed(),
                decision(situation.decision(), before, now),
                Replacements.shown(situation.replacement(), before, now),
                ConditionList.of(
                        PoolVerdicts.of(situation),
                        before == null ? null : before.conditions(),
                        pods.generation(),
                        now));
    }

    /**
     * What else a status says.
     *
     * @param selector selects the pods, for an HPA
     */
    public record Pods(Long generation, int ready, @Nullable String selector) {}

    /** A pool that cannot be run as it is written; what was known of its pods stays. */
    public static WorkerPoolStatus invalid(
            PoolSituation.Note note, @Nullable WorkerPoolStatus before, Long generation, Instant now) {
        WorkerPoolStatus kept = before == null ? EMPTY : before;
        List<Verdict> verdicts = List.of(
                Verdict.fails(ConditionType.Ready, note.reason(), note.message()),
                Verdict.fails(ConditionType.Reconciling, note.reason(), "the pool cannot be run as it is written"),
                Verdict.holds(ConditionType.Stalled, note.reason(), note.message()));
        return new WorkerPoolStatus(
                generation,
                kept.replicas(),
                kept.readyReplicas(),
                kept.selector(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                kept.replaced(),
                ConditionList.of(verdicts, kept.conditions(), generation, now));
    }

    private static final WorkerPoolStatus EMPTY =
            new WorkerPoolStatus(null, 0, 0, null, null, null, null, null, null, null, null, null, null, null, null);

    /** What was seen last is shown until something else is seen. */
    private static @Nullable String startUpTime(PoolFigures figures, @Nullable WorkerPoolStatus before) {
        return figures.startUpTime() != null || before == null ? figures.startUpTime() : before.startUpTime();
    }

    private static DecisionStatus decision(Decision decision, @Nullable WorkerPoolStatus before, Instant now) {
        String time = Optional.ofNullable(before)
                .map(WorkerPoolStatus::decision)
                .filter(shown -> says(shown, decision))
                .map(DecisionStatus::time)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new DecisionStatus(decision.replicas(), decision.reason().name(), decision.message(), time);
    }

    /** Whether what is shown is this decision, its figures aside. */
    public static boolean says(DecisionStatus shown, Decision decision) {
        return Objects.equals(shown.replicas(), decision.replicas())
                && decision.reason().name().equals(shown.reason());
    }

    /** Whether to write: at once what people wait for, figures alone only now and then, nothing that says nothing new. */
    public static boolean worthWriting(@Nullable WorkerPoolStatus before, WorkerPoolStatus after, Instant now) {
        if (before == null || !withoutFigures(before).equals(withoutFigures(after))) {
            return true;
        }
        return figuresDiffer(before, PoolFigures.shown(after)) && !shownLately(before, now);
    }

    /** Whether the figures shown are other than these. */
    public static boolean figuresDiffer(WorkerPoolStatus before, PoolFigures figures) {
        return !PoolFigures.shown(before).same(figures);
    }

    /** Whether figures were written less than a minute ago; a time that is still to come was written by another clock. */
    public static boolean shownLately(WorkerPoolStatus before, Instant now) {
        String observed = before.observedTime();
        if (observed == null) {
            return false;
        }
        try {
            Instant shown = Instant.parse(observed);
            return !shown.isAfter(now.plus(FIGURES_AT_MOST_EVERY)) && now.isBefore(shown.plus(FIGURES_AT_MOST_EVERY));
        } catch (DateTimeParseException e) {
            return false; // written by another hand; ours replaces it
        }
    }

    private static WorkerPoolStatus withoutFigures(WorkerPoolStatus status) {
        DecisionStatus decision = status.decision();
        return new WorkerPoolStatus(
                status.observedGeneration(),
                status.replicas(),
                status.readyReplicas(),
                status.selector(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                decision == null
                        ? null
                        : new DecisionStatus(decision.replicas(), decision.reason(), "", decision.time()),
                status.replaced(),
                status.conditions() == null
                        ? null
                        : status.conditions().stream().map(PoolStatuses::plain).toList());
    }

    /** A held decision's message in a condition has figures too, and whether something waits is but a figure. */
    private static Condition plain(Condition condition) {
        if (ConditionType.ScalingActive.name().equals(condition.getType())) {
            return new ConditionBuilder(condition).withMessage("").build();
        }
        return ConditionType.QueuesConsumed.name().equals(condition.getType()) && !"False".equals(condition.getStatus())
                ? new ConditionBuilder(condition).withReason("").withMessage("").build()
                : condition;
    }
}
