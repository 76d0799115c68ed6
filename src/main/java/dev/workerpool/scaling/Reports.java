package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last reports of the pool's own workers, by host name, each with the time at which this process first saw it.
 * A worker's clock is never compared with ours: a report is fresh while its stamp is newly seen.
 */
record Reports(Map<String, List<Seen>> byHost) {
    static final Reports NONE = new Reports(Map.of());

    /** A host with several processes has several. */
    record Seen(Instant stamp, int running, Instant at) {}

    Reports {
        byHost = Map.copyOf(byHost);
    }

    Reports observe(List<WorkerReport> reports, Fleet fleet, Instant at) {
        var hosts = fleet.pods().stream().map(Fleet.Pod::host).collect(Collectors.toSet());
        if (hosts.isEmpty()) {
            return NONE;
        }
        var next = new HashMap<String, List<Seen>>();
        for (var report : reports) {
            if (hosts.contains(report.host())) {
                next.merge(report.host(), List.of(seen(report, at)), Reports::joined);
            }
        }
        return new Reports(next);
    }

    /** What these pods run, as far as they say so. */
    Count running(List<Fleet.Pod> live, Instant at, Duration silentAfter) {
        var freshSince = at.minus(silentAfter);
        long running = 0;
        var silent = 0;
        var example = "";
        for (var pod : live) {
            var reports = of(pod);
            if (reports.isEmpty() || reports.stream().anyMatch(seen -> seen.at().isBefore(freshSince))) {
                silent++;
                example = example.isEmpty() ? pod.name() : example;
            } else {
                running += reports.stream().mapToLong(Seen::running).sum();
            }
        }
        return silent == 0 ? Count.of(running) : new Count(running, Optional.of(silence(silent, live.size(), example)));
    }

    /** Whether every process of the pod has reported since. */
    boolean allSeenAfter(Fleet.Pod pod, Instant instant) {
        var reports = of(pod);
        return !reports.isEmpty() && reports.stream().allMatch(seen -> seen.at().isAfter(instant));
    }

    private List<Seen> of(Fleet.Pod pod) {
        return byHost.getOrDefault(pod.host(), List.of());
    }

    private Seen seen(WorkerReport report, Instant at) {
        var first = byHost.getOrDefault(report.host(), List.of()).stream()
                .filter(earlier -> earlier.stamp().equals(report.stamp()))
                .map(Seen::at)
                .findFirst();
        return new Seen(report.stamp(), report.running(), first.orElse(at));
    }

    private static List<Seen> joined(List<Seen> some, List<Seen> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String silence(int silent, int live, String example) {
        return silent == 1
                ? "1 of %d live workers does not say what it runs: %s".formatted(live, example)
                : "%d of %d live workers do not say what they run, such as %s".formatted(silent, live, example);
    }
}
