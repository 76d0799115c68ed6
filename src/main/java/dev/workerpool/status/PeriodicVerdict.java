package dev.workerpool.status;

import dev.workerpool.scaling.Beside.Periodic;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Settings;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The condition PeriodicJobs, in words. It is said only where a pool may go to zero and its broker knows of such jobs. */
public final class PeriodicVerdict {
    private PeriodicVerdict() {}

    /**
     * @param enqueuers what runs once beside the pool's workers, also while they are at zero, and is such a worker itself
     * @param shown what the pool's status says now: it stays while the broker cannot be read
     */
    public static Optional<Verdict> of(
            Measurement measurement, Settings settings, List<String> enqueuers, Optional<Condition> shown) {
        boolean sleeps = settings.scaling()
                .filter(scaling -> scaling.mode() == Settings.Mode.ACTIVE && scaling.min() == 0)
                .isPresent();
        if (!sleeps) {
            return Optional.empty();
        }
        return switch (measurement) {
            case Measurement.Measured measured -> of(measured.beside().periodic(), enqueuers);
            case Measurement.Unavailable unavailable ->
                shown.flatMap(condition -> "False".equals(condition.getStatus())
                        ? Optional.of(Verdict.fails(
                                ConditionType.PeriodicJobs, condition.getReason(), condition.getMessage()))
                        : Optional.of(Verdict.holds(
                                ConditionType.PeriodicJobs, condition.getReason(), condition.getMessage())));
        };
    }

    private static Optional<Verdict> of(List<Periodic> all, List<String> enqueuers) {
        List<Periodic> byWorkers = all.stream().filter(Periodic::byWorkers).toList();
        if (!byWorkers.isEmpty() && !enqueuers.isEmpty()) {
            return Optional.of(Verdict.holds(
                    ConditionType.PeriodicJobs,
                    "SingletonEnqueues",
                    "%s has periodic jobs, which running workers enqueue: while this pool is at 0 that is its singleton %s"
                            .formatted(names(byWorkers), String.join(", ", enqueuers))));
        }
        if (!byWorkers.isEmpty()) {
            return Optional.of(
                    Verdict.fails(
                            ConditionType.PeriodicJobs,
                            "OnlyWorkersEnqueue",
                            "%s has periodic jobs, which only running workers enqueue: none is while this pool is at 0 and nothing else "
                                            .formatted(names(byWorkers))
                                    + "of the same framework runs. Set minReplicas: 1, here or in one pool of this broker, or run one such worker in spec.singletons"));
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Verdict.holds(
                        ConditionType.PeriodicJobs,
                        "EnqueuedElsewhere",
                        "%s has periodic jobs, which a process of its own enqueues: run it in spec.singletons, or elsewhere, but not as one of this pool's workers, which may be at 0"
                                .formatted(names(all))));
    }

    private static String names(List<Periodic> all) {
        return all.stream().map(Periodic::keeper).distinct().sorted().collect(Collectors.joining(" and "));
    }
}
