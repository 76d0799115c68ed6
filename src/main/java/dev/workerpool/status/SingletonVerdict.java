package dev.workerpool.status;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The condition SingletonsReady, in words. Since when one does not run is what the condition itself says, so that the next process knows
 * it too: Unknown at first, False when it has lasted.
 */
public final class SingletonVerdict {
    /** So long a pod may take to end and another to begin. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private SingletonVerdict() {}

    /**
     * One singleton.
     *
     * @param statefulSet its name
     * @param runs whether its pod is of the newest template, and has been ready for a moment
     */
    public record State(String name, String statefulSet, boolean runs) {}

    /**
     * Nothing where there are none, nor before they may begin.
     *
     * @param proven whether the pool may run on a connection that was proven
     * @param shown what the pool's status says now
     */
    public static Optional<Verdict> of(
            List<State> singletons, boolean proven, @Nullable List<Condition> shown, Instant now) {
        List<State> missing =
                singletons.stream().filter(singleton -> !singleton.runs()).toList();
        if (singletons.isEmpty() || (!proven && missing.size() == singletons.size())) {
            return Optional.empty();
        }
        if (missing.isEmpty()) {
            return Optional.of(Verdict.holds(
                    ConditionType.SingletonsReady,
                    "SingletonsRun",
                    "running, one of each: %s".formatted(names(singletons))));
        }
        boolean tooLong = ConditionList.find(shown, ConditionType.SingletonsReady)
                .filter(condition -> "False".equals(condition.getStatus())
                        || !rest(condition, now).isPositive())
                .isPresent();
        return Optional.of(tooLong ? notRunning(missing) : starting(missing));
    }

    /** When one that starts has taken too long; empty where none does. */
    public static Optional<Duration> lookAgain(@Nullable List<Condition> shown, Instant now) {
        return ConditionList.find(shown, ConditionType.SingletonsReady)
                .filter(condition -> "Unknown".equals(condition.getStatus()))
                .map(condition -> rest(condition, now))
                .map(rest -> rest.isPositive() ? rest.plusMillis(1) : Duration.ofSeconds(1));
    }

    private static Verdict starting(List<State> missing) {
        return Verdict.unknown(
                ConditionType.SingletonsReady,
                "SingletonStarting",
                "being started, or replaced once the pod before is gone: %s".formatted(names(missing)));
    }

    private static Verdict notRunning(List<State> missing) {
        return Verdict.fails(
                ConditionType.SingletonsReady,
                "SingletonNotRunning",
                "not running: %s. See kubectl describe, and the log, of %s"
                        .formatted(
                                names(missing),
                                missing.stream()
                                        .map(singleton -> "pod " + singleton.statefulSet() + "-0")
                                        .collect(Collectors.joining(", "))));
    }

    /** How long one that does not run yet may still take; all of it where it ran until now, or nobody knows since when. */
    private static Duration rest(Condition shown, Instant now) {
        if (!"Unknown".equals(shown.getStatus())) {
            return PATIENCE;
        }
        try {
            Duration gone = Duration.between(Instant.parse(shown.getLastTransitionTime()), now);
            return gone.isNegative() ? PATIENCE : PATIENCE.minus(gone);
        } catch (DateTimeParseException e) {
            return PATIENCE; // written by another hand
        }
    }

    private static String names(List<State> singletons) {
        return singletons.stream().map(State::name).collect(Collectors.joining(", "));
    }
}
