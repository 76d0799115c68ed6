package dev.workerpool.tools.bench;

import dev.workerpool.tools.bench.Figures.Cost;
import dev.workerpool.tools.bench.Figures.Reactions;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures for a person to read. */
final class Table {
    private Table() {}

    static String of(Figures figures) {
        StringBuilder text = new StringBuilder();
        text.append("\n=== %d pools of %s, pollInterval %s, %d processors, -Xmx%s ===%n"
                .formatted(
                        figures.pools(),
                        figures.framework(),
                        figures.pollInterval(),
                        figures.processors(),
                        figures.heap()));
        text.append("%-28s %5s %9s %9s %9s %9s   %s%n"
                .formatted("to the new size, ms", "n", "p50", "p95", "p99", "max", "p50 and p99 by the floor's"));
        figures.reactions().forEach(row -> text.append(line(row)));
        text.append(
                "%n%-28s %.1f s after the first create (the creates alone took %.1f s), %.2f API requests a pool: %s%n"
                        .formatted(
                                "all pools Ready",
                                figures.converged().seconds(),
                                figures.converged().createSeconds(),
                                figures.converged().requestsPerPool(),
                                words(figures.converged().requests())));
        text.append(cost("at rest", figures.idle())).append(cost("at work", figures.busy()));
        return text.toString();
    }

    private static String line(Reactions row) {
        return "%-28s %5d %9.1f %9.1f %9.1f %9.1f   %.1f and %.1f%n"
                .formatted(
                        row.of(),
                        row.tries(),
                        row.p50(),
                        row.p95(),
                        row.p99(),
                        row.max(),
                        row.p50Ratio(),
                        row.p99Ratio());
    }

    private static String cost(String when, Cost cost) {
        return """
                %-28s %.1f millicores, %.0f MiB resident, %d changes of size in %.0f s
                %-28s to the API server: %s; for its lease: %d
                %-28s to Redis: %.1f commands a second over %d connections: %s
                """.formatted(
                        when,
                        cost.cpuMillicores(),
                        cost.rssMiB(),
                        cost.changesOfSize(),
                        cost.seconds(),
                        "",
                        words(cost.requests()),
                        cost.leaseRequests(),
                        "",
                        cost.redisCommandsPerSecond(),
                        cost.redisClients(),
                        words(cost.redisCommands()));
    }

    private static String words(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "nothing"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }
}
