package dev.workerpool.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conditions as the API has them. */
public final class ConditionList {
    /** The API's own bound on a message. */
    private static final int LONGEST_MESSAGE = 32_768;

    private ConditionList() {}

    /** The verdicts as conditions; one whose status is as before keeps its time of transition. */
    public static List<Condition> of(
            List<Verdict> verdicts, @Nullable List<Condition> before, @Nullable Long generation, Instant now) {
        return verdicts.stream()
                .map(verdict -> condition(verdict, find(before, verdict.type()), generation, now))
                .toList();
    }

    public static Optional<Condition> find(@Nullable List<Condition> conditions, ConditionType type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> type.name().equals(condition.getType()))
                        .findFirst();
    }

    private static Condition condition(
            Verdict verdict, Optional<Condition> before, @Nullable Long generation, Instant now) {
        String time = before.filter(condition -> verdict.status().name().equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        String message = verdict.message();
        return new ConditionBuilder()
                .withType(verdict.type().name())
                .withStatus(verdict.status().name())
                .withReason(verdict.reason())
                .withMessage(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(time)
                .build();
    }
}
