package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proof that a pool has nothing to do, as far as it has come: every reading since then was zero in every figure.
 *
 * <p>A worker's report lags behind what it does (Celery's by up to two seconds), so a single zero of it proves nothing:
 * each live worker must have reported twice since the first of these readings.
 *
 * @param since the first of these readings
 * @param latest the last of them
 * @param readings how many there were
 * @param reporting by pod, for those that report themselves
 */
record Idleness(Instant since, Instant latest, int readings, Map<String, Reporting> reporting) {
    private static final int READINGS = 3;
    private static final int REPORTS = 2;

    /** How often a pod has reported, all its processes counted, and when last. */
    record Reporting(int times, Instant last) {}

    Idleness {
        reporting = Map.copyOf(reporting);
    }

    static Idleness begin(Instant at, List<Fleet.Pod> reporters) {
        return new Idleness(at, at, 0, Map.of()).observe(at, reporters, Reports.NONE);
    }

    /**
     * One more reading that was zero in every figure.
     *
     * @param reporters the live pods that must report themselves
     */
    Idleness observe(Instant at, List<Fleet.Pod> reporters, Reports reports) {
        var next = new HashMap<String, Reporting>();
        for (var pod : reporters) {
            var before = reporting.getOrDefault(pod.name(), new Reporting(0, at));
            var again = reports.allSeenAfter(pod, before.last());
            next.put(pod.name(), again ? new Reporting(before.times() + 1, at) : before);
        }
        return new Idleness(since, at, readings + 1, next);
    }

    /** What the proof still lacks; empty once it is whole. */
    Optional<String> missing(Duration idleAfter) {
        var from = since.truncatedTo(ChronoUnit.SECONDS);
        if (latest.isBefore(since.plus(idleAfter))) {
            return Optional.of("idle since %s, the last worker goes at %s".formatted(from, from.plus(idleAfter)));
        }
        if (readings < READINGS) {
            return Optional.of("idle since %s, but not yet in %d readings".formatted(from, READINGS));
        }
        return reporting.entrySet().stream()
                .filter(pod -> pod.getValue().times() < REPORTS)
                .map(Map.Entry::getKey)
                .min(String::compareTo)
                .map(pod -> "idle since %s, but worker %s has not said so twice since then".formatted(from, pod));
    }
}
