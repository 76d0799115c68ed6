package dev.workerpool.scaling;

import dev.workerpool.scaling.Consumption.Cause;
import dev.workerpool.scaling.Consumption.Left;
import dev.workerpool.scaling.Consumption.Shift;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out why a queue's oldest job stays where it is. A pool that is merely slow is no matter for a doctor: only a
 * worker that has run nothing all the time, or does not serve the queue by its own word, proves that something is wrong.
 *
 * @param after how long something must have been so
 */
record Diagnosis(Measurement.Measured measured, Fleet fleet, History history, Duration after) {

    Consumption make() {
        var left = left();
        if (!left.isEmpty()) {
            return cause(left);
        }
        var unread = measured.queues().stream()
                .filter(queue -> !queue.waiting().known())
                .findFirst();
        if (unread.isPresent()) {
            var why = unread.get().waiting() instanceof Figure.Unknown unknown ? unknown.why() : "";
            return new Consumption.Unknown(
                    Consumption.Want.BACKLOG,
                    "what waits in queue " + unread.get().name() + " is unknown: " + why);
        }
        var paused = paused();
        if (!paused.isEmpty()) {
            return new Consumption.Paused(paused);
        }
        if (stillness().byQueue().isEmpty()) {
            return new Consumption.NothingWaiting();
        }
        var untouched = stillness().byQueue().values().stream()
                .anyMatch(still -> still.since().isBefore(history.since().plus(WATCHING_SINCE_THE_START)));
        return untouched ? new Consumption.Undecided() : new Consumption.Consuming();
    }

    /** The first reading comes a moment after the beginning. */
    private static final Duration WATCHING_SINCE_THE_START = Duration.ofSeconds(10);

    private Consumption cause(List<Left> left) {
        var ready = fleet.pods().stream().filter(Fleet.Pod::fit).toList();
        var served = served(ready);
        var free = free(ready);
        var shift = new Shift(ready.size(), free.stream().map(Fleet.Pod::name).toList(), served);
        var crashing = stillness().crashed().filter(this::isRecent).isPresent();
        if (ready.isEmpty() && !crashing) {
            return stillness().fit().filter(this::isRecent).isPresent()
                    ? new Consumption.Undecided()
                    : new Consumption.NoWorkerReady(left);
        }
        var notServed = left.stream()
                .filter(queue ->
                        served.filter(all -> !all.contains(queue.queue())).isPresent())
                .toList();
        if (!notServed.isEmpty()) {
            return new Consumption.Stuck(Cause.NOT_SERVED, notServed, shift);
        }
        if (free.stream().anyMatch(pod -> !history.reports().isSilent(pod))
                || stillness().someFreeSince().filter(this::isLongAgo).isPresent()) {
            return new Consumption.Stuck(Cause.NOT_TAKEN, left, shift);
        }
        if (crashing) { // also one that is ready for a moment in between
            return new Consumption.Stuck(Cause.CRASHING, left, shift);
        }
        if (free.size() == ready.size()) {
            return new Consumption.Stuck(Cause.SILENT, left, shift);
        }
        if (!ready.stream().allMatch(pod -> stillness().busy().contains(pod.name()))
                || stillness().someFreeSince().isPresent()) {
            return new Consumption
                    .Undecided(); // free, but not for long enough, or seen in no reading yet: it may have just started
        }
        return measured.workers() instanceof Workers.Untold untold
                ? new Consumption.Unknown(Consumption.Want.RUNNING, untold.why())
                : new Consumption.Busy(left);
    }

    private Stillness stillness() {
        return history.stillness();
    }

    private List<Left> left() {
        return measured.queues().stream()
                .filter(queue -> queue.waiting().known())
                .flatMap(queue -> Optional.ofNullable(stillness().byQueue().get(queue.name()))
                        .filter(still -> still.hasStayed(measured.at(), after))
                        .map(still -> new Left(queue.name(), still.since()))
                        .stream())
                .sorted(Comparator.comparing(Left::queue))
                .toList();
    }

    private List<Left> paused() {
        return stillness().pausedSince().entrySet().stream()
                .filter(queue -> isLongAgo(queue.getValue()))
                .map(queue -> new Left(queue.getKey(), queue.getValue()))
                .sorted(Comparator.comparing(Left::queue))
                .toList();
    }

    private List<Fleet.Pod> free(List<Fleet.Pod> ready) {
        return ready.stream()
                .filter(pod -> Optional.ofNullable(stillness().freeSince().get(pod.name()))
                        .filter(this::isLongAgo)
                        .isPresent())
                .sorted(Comparator.comparing((Fleet.Pod pod) ->
                                Objects.requireNonNull(stillness().freeSince().get(pod.name())))
                        .thenComparing(Fleet.Pod::name))
                .toList();
    }

    /** All queues that any of these serves; unknown where one of them does not say so. */
    private Optional<Set<String>> served(List<Fleet.Pod> ready) {
        var told = ready.stream().map(this::servedBy).toList();
        return told.isEmpty() || told.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(told.stream()
                        .flatMap(Optional::stream)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()));
    }

    private Optional<Set<String>> servedBy(Fleet.Pod pod) {
        return measured.workers() instanceof Workers.Counted counted
                ? Optional.ofNullable(counted.queues().get(pod.host()))
                : history.reports().queues(pod);
    }

    private boolean isLongAgo(Instant since) {
        return !measured.at().isBefore(since.plus(after));
    }

    private boolean isRecent(Instant when) {
        return when.plus(after).isAfter(measured.at());
    }
}
