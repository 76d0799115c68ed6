package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Since when nothing was taken from each queue, and since when each worker could have taken something; both as this
 * process has watched it, reading by reading.
 *
 * @param byQueue the queues in which something waits
 * @param pausedSince the queues in which something waits while their work is paused
 * @param freeSince by pod: ready, and all the time either idle by its own word or silent
 * @param busy the pods that were ready in the last reading, and not free
 * @param someFreeSince since when fewer jobs have run than there were pods, where the broker counts what runs
 * @param fit when a pod was last seen that could work
 * @param crashed when a pod was last seen that ends again and again
 */
record Stillness(
        Map<String, Still> byQueue,
        Map<String, Instant> pausedSince,
        Map<String, Instant> freeSince,
        Set<String> busy,
        Optional<Instant> someFreeSince,
        Optional<Instant> fit,
        Optional<Instant> crashed) {
    static final Stillness NONE =
            new Stillness(Map.of(), Map.of(), Map.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** With fewer readings than that a queue may have been full again by chance. */
    private static final int READINGS = 3;

    Stillness {
        byQueue = Map.copyOf(byQueue);
        pausedSince = Map.copyOf(pausedSince);
        freeSince = Map.copyOf(freeSince);
        busy = Set.copyOf(busy);
    }

    /**
     * A queue whose oldest job has stayed and which has not become shorter; either would mean that a job was taken.
     *
     * @param tail the oldest job; empty where it cannot be told from others
     */
    record Still(String tail, long waiting, Instant since, int readings) {
        boolean hasStayed(Instant at, Duration time) {
            return readings >= READINGS && !at.isBefore(since.plus(time));
        }
    }

    Stillness observe(Measurement.Measured measured, Fleet fleet, Reports reports) {
        var at = measured.at();
        var still = new HashMap<String, Still>();
        var paused = new HashMap<String, Instant>();
        for (var queue : measured.queues()) {
            still(queue, at).ifPresent(now -> still.put(queue.name(), now));
            if (queue.paused().atLeast() > 0) {
                paused.put(queue.name(), pausedSince.getOrDefault(queue.name(), at));
            }
        }
        var ready = fleet.pods().stream().filter(Fleet.Pod::fit).toList();
        var free = free(measured.workers(), ready, reports).stream()
                .collect(Collectors.toMap(Fleet.Pod::name, pod -> freeSince.getOrDefault(pod.name(), at)));
        var someFree = measured.workers() instanceof Workers.Counted counted
                && counted.running() instanceof Figure.Known running
                && running.value() < ready.size();
        var crashes = fleet.pods().stream().anyMatch(Fleet.Pod::crashing);
        return new Stillness(
                still,
                paused,
                free,
                ready.stream()
                        .map(Fleet.Pod::name)
                        .filter(pod -> !free.containsKey(pod))
                        .collect(Collectors.toSet()),
                someFree ? someFreeSince.or(() -> Optional.of(at)) : Optional.empty(),
                ready.isEmpty() ? fit : Optional.of(at),
                crashes ? Optional.of(at) : crashed);
    }

    private Optional<Still> still(QueueReading queue, Instant at) {
        var before = Optional.ofNullable(byQueue.get(queue.name()));
        if (!(queue.waiting() instanceof Figure.Known waiting)) {
            return before;
        }
        if (waiting.value() == 0) {
            return Optional.empty();
        }
        var tail = queue.tail().map(QueueReading.Tail::id).orElse("");
        return Optional.of(before.filter(still -> still.tail().equals(tail) && still.waiting() <= waiting.value())
                .map(still -> new Still(tail, waiting.value(), still.since(), still.readings() + 1))
                .orElseGet(() -> new Still(tail, waiting.value(), at, 1)));
    }

    /** Those that run nothing, as far as anybody can tell which pod runs what. */
    private static List<Fleet.Pod> free(Workers workers, List<Fleet.Pod> ready, Reports reports) {
        return switch (workers) {
            case Workers.Reported reported ->
                ready.stream().filter(reports::idleOrSilent).toList();
            case Workers.Counted counted -> counted.running().equals(Figure.of(0)) ? ready : List.of();
            case Workers.Untold untold -> List.of();
        };
    }
}
