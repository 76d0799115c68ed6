package dev.workerpool.telemetry;

import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Settings;
import dev.workerpool.scaling.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** One figure of every pool. A figure that is unknown is NaN, never 0; ages are counted at the moment they are read. */
record PoolFamily(String metric, String help, ToDoubleBiFunction<Sighting, Instant> value) {
    static final List<PoolFamily> ALL = List.of(
            of(
                    "workerpool_waiting_jobs",
                    "Jobs that nobody has taken",
                    seen -> figure(seen.totals().waiting())),
            of(
                    "workerpool_held_jobs",
                    "Jobs a worker has taken but not begun",
                    seen -> figure(seen.totals().held())),
            of(
                    "workerpool_due_jobs",
                    "Jobs whose time has come",
                    seen -> figure(seen.totals().due())),
            of(
                    "workerpool_running_jobs",
                    "Jobs that a worker works on",
                    seen -> figure(seen.totals().running())),
            of(
                    "workerpool_scheduled_jobs",
                    "Jobs that wait for their time",
                    seen -> figure(seen.totals().beside().scheduled())),
            of(
                    "workerpool_failed_jobs",
                    "Jobs that were given up and kept",
                    seen -> figure(seen.totals().beside().failed())),
            of(
                    "workerpool_paused_jobs",
                    "Jobs that wait where the work is paused",
                    seen -> figure(seen.totals().paused())),
            of(
                    "workerpool_unconsumed_queues",
                    "Queues from which nothing is taken, though workers should",
                    seen -> seen.totals().waiting().known() ? seen.unconsumed() : Double.NaN),
            of(
                    "workerpool_replicas",
                    "The live spec.replicas",
                    seen -> seen.fleet().replicas()),
            of(
                    "workerpool_ready_replicas",
                    "Pods that are ready",
                    seen -> seen.fleet().ready()),
            of(
                    "workerpool_desired_replicas",
                    "Replicas as decided",
                    seen -> seen.decision().replicas()),
            of(
                    "workerpool_max_replicas",
                    "The spec's maxReplicas; NaN where the pool is not scaled by the operator",
                    seen -> seen.settings()
                            .scaling()
                            .map(Settings.Scaling::max)
                            .map(Double::valueOf)
                            .orElse(Double.NaN)),
            new PoolFamily(
                    "workerpool_oldest_age_seconds",
                    "Age of the oldest waiting job; 0 where nothing waits, NaN where it is not known",
                    PoolFamily::age),
            of(
                    "workerpool_start_up_seconds",
                    "Longest time that one of the last few workers took to start; NaN until one was seen to",
                    seen -> seconds(seen.startUp().longest())));

    private static PoolFamily of(String metric, String help, ToDoubleFunction<Sighting> value) {
        return new PoolFamily(metric, help, (seen, now) -> value.applyAsDouble(seen));
    }

    private static double age(Sighting seen, Instant now) {
        return seconds(seen.totals().oldestAge(now));
    }

    private static double seconds(Optional<Duration> time) {
        return time.map(Duration::toMillis).map(millis -> millis / 1000.0).orElse(Double.NaN);
    }

    private static double figure(Figure figure) {
        return figure instanceof Figure.Known known ? known.value() : Double.NaN;
    }
}
