package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last reports of the pool's own workers, by host name, each with the time at which this process first saw it.
 * A worker's clock is never compared with ours: a report is fresh while its stamp is newly seen.
 */
record Reports(Map<String, List<Seen>> byHost, Map<String, Instant> silentSince) {
    static final Reports NONE = new Reports(Map.of(), Map.of());

    /** A worker that has just started needs a while to load its application before it can say anything. */
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

    /** A host with several processes has several. */
    record Seen(Instant stamp, int running, Optional<Set<String>> queues, Instant at) {}

    Reports {
        byHost = Map.copyOf(byHost);
        silentSince = Map.copyOf(silentSince);
    }

    Reports observe(Workers.Reported reported, Fleet fleet, Instant at) {
        var hosts = fleet.pods().stream().map(Fleet.Pod::host).collect(Collectors.toSet());
        if (hosts.isEmpty()) {
            return NONE;
        }
        var next = new HashMap<String, List<Seen>>();
        for (var report : reported.reports()) {
            if (hosts.contains(report.host())) {
                next.merge(report.host(), List.of(seen(report, at)), Reports::joined);
            }
        }
        var heard = new Reports(next, Map.of());
        var silent = heard.silent(fleet.live(), at, reported.silentAfter()).stream()
                .collect(Collectors.toMap(Fleet.Pod::name, pod -> silentSince.getOrDefault(pod.name(), at)));
        return new Reports(next, silent);
    }

    /** What these pods run, as far as they say so. */
    Count running(List<Fleet.Pod> live, Instant at, Duration silentAfter) {
        var silent = silent(live, at, silentAfter);
        var running = live.stream()
                .filter(pod -> !silent.contains(pod))
                .flatMap(pod -> of(pod).stream())
                .mapToLong(Seen::running)
                .sum();
        return silent.isEmpty() ? Count.of(running) : new Count(running, Optional.of(silence(silent, live.size())));
    }

    /** Whether those that are silent have only just fallen so, or are ending: nothing that a person need hear of. */
    boolean settling(List<Fleet.Pod> live, Instant at) {
        var settledBefore = at.minus(SETTLED_WITHIN);
        return !silentSince.isEmpty()
                && live.stream()
                        .filter(pod -> silentSince.containsKey(pod.name()))
                        .allMatch(pod -> pod.ending()
                                || Objects.requireNonNull(silentSince.get(pod.name()))
                                        .isAfter(settledBefore));
    }

    boolean hasHeard(Fleet.Pod pod) {
        return !of(pod).isEmpty();
    }

    /** Whether every process of the pod has reported since. */
    boolean allSeenAfter(Fleet.Pod pod, Instant instant) {
        var reports = of(pod);
        return !reports.isEmpty() && reports.stream().allMatch(seen -> seen.at().isAfter(instant));
    }

    /** Whether the pod says that it runs nothing, or says nothing at all. */
    boolean idleOrSilent(Fleet.Pod pod) {
        return isSilent(pod) || of(pod).stream().allMatch(seen -> seen.running() == 0);
    }

    boolean isSilent(Fleet.Pod pod) {
        return silentSince.containsKey(pod.name());
    }

    /** The queues that the pod serves, with all its processes, where all of them say so. */
    Optional<Set<String>> queues(Fleet.Pod pod) {
        var told = of(pod).stream().map(Seen::queues).toList();
        return told.isEmpty() || told.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(told.stream()
                        .flatMap(Optional::stream)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()));
    }

    private List<Fleet.Pod> silent(List<Fleet.Pod> live, Instant at, Duration silentAfter) {
        var freshSince = at.minus(silentAfter);
        return live.stream()
                .filter(pod -> of(pod).isEmpty()
                        || of(pod).stream().anyMatch(seen -> seen.at().isBefore(freshSince)))
                .toList();
    }

    private List<Seen> of(Fleet.Pod pod) {
        return byHost.getOrDefault(pod.host(), List.of());
    }

    private Seen seen(WorkerReport report, Instant at) {
        var first = byHost.getOrDefault(report.host(), List.of()).stream()
                .filter(earlier -> earlier.stamp().equals(report.stamp()))
                .map(Seen::at)
                .findFirst();
        return new Seen(report.stamp(), report.running(), report.queues(), first.orElse(at));
    }

    private static List<Seen> joined(List<Seen> some, List<Seen> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String silence(List<Fleet.Pod> silent, int live) {
        var example = silent.getFirst().name();
        return silent.size() == 1
                ? "1 of %d live workers does not say what it runs: %s".formatted(live, example)
                : "%d of %d live workers do not say what they run, such as %s".formatted(silent.size(), live, example);
    }
}
