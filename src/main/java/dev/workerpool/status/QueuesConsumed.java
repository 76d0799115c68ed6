package dev.workerpool.status;

import dev.workerpool.scaling.Consumption;
import dev.workerpool.scaling.Consumption.Left;
import dev.workerpool.scaling.Consumption.Stuck;
import dev.workerpool.scaling.Replacement;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The condition QueuesConsumed, in words. It speaks in times, and of no number that changes while nothing else does: so
 * it is written when it begins to hold, and not again.
 */
public final class QueuesConsumed {
    private static final int NAMES = 10;

    private QueuesConsumed() {}

    /**
     * @param shown what the pool's status says now
     * @param look where the framework's workers are told their queues, as words for people
     */
    public static Verdict of(Consumption consumption, Replacement replacement, Optional<Condition> shown, String look) {
        Verdict verdict = of(consumption, shown, look);
        return consumption instanceof Stuck
                ? Verdict.fails(verdict.type(), verdict.reason(), verdict.message() + Replacements.words(replacement))
                : verdict;
    }

    private static Verdict of(Consumption consumption, Optional<Condition> shown, String look) {
        return switch (consumption) {
            case Consumption.NothingWaiting nothing ->
                Verdict.holds(ConditionType.QueuesConsumed, "NothingWaiting", "nothing waits");
            case Consumption.Consuming consuming -> consuming();
            case Consumption.Undecided undecided -> asBefore(shown);
            case Consumption.Busy busy ->
                Verdict.holds(
                        ConditionType.QueuesConsumed,
                        "WorkersBusy",
                        nothingTaken(busy.queues()) + ": every worker has something to do");
            case Stuck stuck -> stuck(stuck, look);
            case Consumption.Paused paused ->
                Verdict.fails(
                        ConditionType.QueuesConsumed,
                        "QueuePaused",
                        "the work in %s is paused, and jobs have waited there since %s"
                                .formatted(names(paused.queues()), earliest(paused.queues())));
            case Consumption.NoWorkerReady none ->
                Verdict.unknown(
                        ConditionType.QueuesConsumed,
                        "NoWorkerReady",
                        nothingTaken(none.queues()) + ": no worker is ready");
            case Consumption.Unknown unknown -> unknown(unknown);
        };
    }

    /** Whether what is shown says the same; of one that does not fail, why is but a figure. */
    public static boolean says(Condition shown, Verdict verdict) {
        return verdict.status().name().equals(shown.getStatus())
                && (verdict.status() != Verdict.Truth.False
                        || (verdict.reason().equals(shown.getReason())
                                && verdict.message().equals(shown.getMessage())));
    }

    /** The same for as long as it is the same trouble, however many workers are replaced meanwhile. */
    public static String occasion(Verdict verdict) {
        return verdict.message().split(";", 2)[0];
    }

    /** Whether a person is to be warned: nobody need be of what people have done, or of what is not known. */
    public static boolean warns(Verdict verdict) {
        return verdict.status() == Verdict.Truth.False && !"QueuePaused".equals(verdict.reason());
    }

    private static Verdict stuck(Stuck stuck, String look) {
        String nothing = nothingTaken(stuck.queues());
        return switch (stuck.cause()) {
            case NOT_SERVED ->
                Verdict.fails(
                        ConditionType.QueuesConsumed,
                        "NotServed",
                        "%s: by their own word the workers serve %s. See %s"
                                .formatted(
                                        nothing,
                                        stuck.shift()
                                                .served()
                                                .map(QueuesConsumed::list)
                                                .orElse("others"),
                                        look));
            case NOT_TAKEN ->
                Verdict.fails(
                        ConditionType.QueuesConsumed,
                        "NotConsumed",
                        nothing + ", though workers are ready and have nothing to do. See " + look
                                + ", the broker they speak to, and their log");
            case SILENT ->
                Verdict.fails(
                        ConditionType.QueuesConsumed,
                        "WorkersSilent",
                        nothing + ", and no worker says what it does: they hang, or speak to another broker. "
                                + "See their log");
            case CRASHING ->
                Verdict.fails(
                        ConditionType.QueuesConsumed,
                        "CrashLooping",
                        nothing + ": workers end again and again. See their log, and kubectl describe their pods");
        };
    }

    private static Verdict unknown(Consumption.Unknown unknown) {
        return Verdict.unknown(
                ConditionType.QueuesConsumed,
                switch (unknown.want()) {
                    case BROKER -> "BrokerUnavailable";
                    case BACKLOG -> "BacklogUnknown";
                    case RUNNING -> "RunningUnknown";
                },
                unknown.why());
    }

    /** A new process does not take back what the one before it has found out. */
    private static Verdict asBefore(Optional<Condition> shown) {
        return shown.filter(condition -> "False".equals(condition.getStatus()))
                .map(condition ->
                        Verdict.fails(ConditionType.QueuesConsumed, condition.getReason(), condition.getMessage()))
                .orElseGet(QueuesConsumed::consuming);
    }

    private static Verdict consuming() {
        return Verdict.holds(ConditionType.QueuesConsumed, "Consuming", "what waits is taken");
    }

    private static String nothingTaken(List<Left> queues) {
        return "nothing has been taken from %s since %s".formatted(names(queues), earliest(queues));
    }

    private static String names(List<Left> queues) {
        Set<String> names = queues.stream().map(Left::queue).collect(Collectors.toSet());
        return (names.size() == 1 ? "queue " : "the queues ") + list(names);
    }

    private static String list(Set<String> names) {
        String some = names.stream().sorted().limit(NAMES).collect(Collectors.joining(", "));
        return names.size() <= NAMES ? some : some + " and " + (names.size() - NAMES) + " more";
    }

    private static String earliest(List<Left> queues) {
        return queues.stream()
                .map(Left::since)
                .min(Instant::compareTo)
                .map(since -> since.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("a while ago");
    }
}
