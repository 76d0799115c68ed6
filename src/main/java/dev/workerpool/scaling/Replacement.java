package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which worker is to be replaced because it takes nothing, if any. */
public sealed interface Replacement {
    /** A wrong name of a queue is mended by no replacement, however many there are. */
    int AT_MOST = 3;

    Duration WITHIN = Duration.ofHours(1);

    /** None is to be. */
    record None() implements Replacement {}

    /** Noted first, so that no end of this process can make it forgotten. */
    record Note(String pod) implements Replacement {}

    /** It is noted, and is to go now. */
    record Evict(String pod) implements Replacement {}

    /** One that is to be, but not before then. */
    record Later(Instant at, int recently) implements Replacement {}

    /** One that was noted, by this process or one before it. */
    record Noted(String pod, Instant time) {}

    /** What is left of these at that time: older ones count no more, and none of the future ever did. */
    static List<Noted> recent(List<Noted> noted, Instant now) {
        return noted.stream()
                .filter(one ->
                        one.time().isAfter(now.minus(WITHIN)) && !one.time().isAfter(now))
                .sorted(Comparator.comparing(Noted::time))
                .toList();
    }

    /**
     * Never of one that runs something, by its own word or by the broker's count, nor while another one ends or is not ready.
     *
     * @param noted those that were replaced before
     */
    static Replacement of(Consumption consumption, Observation observation, Settings.Stuck stuck, List<Noted> noted) {
        var free = stuck.replace() ? free(consumption) : List.<String>of();
        if (free.isEmpty() || !isWhole(observation.fleet())) {
            return new None();
        }
        var recent = recent(noted, observation.now());
        var pending = recent.stream().map(Noted::pod).filter(free::contains).findFirst();
        if (pending.isPresent()) {
            return new Evict(pending.get());
        }
        return earliest(recent, stuck.after())
                .filter(observation.now()::isBefore)
                .<Replacement>map(at -> new Later(at, recent.size()))
                .orElseGet(() -> new Note(free.getFirst()));
    }

    /** Each has to wait for twice as long as the one before it, and the fourth until the first is an hour ago. */
    private static Optional<Instant> earliest(List<Noted> recent, Duration after) {
        if (recent.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                recent.size() >= AT_MOST
                        ? recent.get(recent.size() - AT_MOST).time().plus(WITHIN)
                        : recent.getLast().time().plus(after.multipliedBy(1L << recent.size())));
    }

    /** Where the workers serve other queues, or crash, another one would do the same. */
    private static List<String> free(Consumption consumption) {
        return consumption instanceof Consumption.Stuck stuck
                        && (stuck.cause() == Consumption.Cause.NOT_TAKEN || stuck.cause() == Consumption.Cause.SILENT)
                ? stuck.shift().free()
                : List.of();
    }

    private static boolean isWhole(Fleet fleet) {
        return fleet.pods().size() == fleet.replicas() && fleet.pods().stream().allMatch(Fleet.Pod::fit);
    }
}
