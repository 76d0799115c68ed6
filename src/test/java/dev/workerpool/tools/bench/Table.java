package dev.workerpool.tools.bench;

import dev.workerpool.tools.bench.Figures.Cost;
import dev.workerpool.tools.bench.Figures.Reactions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        text.append(reactions(figures.reactions()));
        text.append(
                "%n%-28s %.1f s after the first create (the creates alone took %.1f s), %.2f API requests a pool: %s%n"
                        .formatted(
                                "all pools Ready",
                                figures.converged().seconds(),
                                figures.converged().createSeconds(),
                                figures.converged().requestsPerPool(),
                                words(figures.converged().requests())));
        text.append("%-28s %.1f s: all objects of %d pools made bare; each of the pools took %.1f times as long%n"
                .formatted(
                        "the floor", figures.floor().seconds(), figures.floor().pools(), byTheFloor(figures)));
        text.append(cost("at rest", figures.idle()));
        Optional.ofNullable(figures.heavy())
                .ifPresent(heavy -> text.append(
                                "%nbeside %,d jobs overdue, %,d messages unacked and a payload of %d MiB%n"
                                        .formatted(Ballast.DUE, Ballast.UNACKED, Ballast.PAYLOAD_BYTES >> 20))
                        .append(reactions(heavy.reactions()))
                        .append(cost("at rest", heavy.idle()))
                        .append("\n"));
        text.append(cost("at work", figures.busy()));
        return text.toString();
    }

    private static String reactions(List<Reactions> rows) {
        String head = "%-28s %5s %9s %9s %9s %9s   %s%n"
                .formatted("to the new size, ms", "n", "p50", "p95", "p99", "max", "p50 and p99 by the floor's");
        return rows.stream().map(Table::line).collect(Collectors.joining("", head, ""));
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

    private static double byTheFloor(Figures figures) {
        double pool = figures.converged().seconds() / figures.pools();
        return pool / (figures.floor().seconds() / figures.floor().pools());
    }
}
