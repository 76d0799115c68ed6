package dev.workerpool.tools.bench;

import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.tools.bench.Figures.Cost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the operator takes between two moments, by the kernel's, the API server's and Redis's own counts. */
final class CostMeter {
    private final Arena arena;
    private final SizeWatch sizes;
    private final long began = System.nanoTime();
    private final Duration cpuBefore;
    private final Map<String, Long> callsBefore;
    private final long changesBefore;
    private final AuditLog.Mark mark;

    CostMeter(Arena arena, SizeWatch sizes) {
        this.arena = arena;
        this.sizes = sizes;
        this.cpuBefore = cpu(arena.operator());
        this.callsBefore = arena.redis().calls();
        this.changesBefore = sizes.changes();
        this.mark = arena.cluster().auditLog().mark();
    }

    Cost read() {
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = cpu(arena.operator()).minus(cpuBefore).toMillis();
        Map<String, Long> requests = new TreeMap<>(arena.requestsSince(mark));
        long lease = requests.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" leases"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        requests.keySet().removeIf(what -> what.endsWith(" leases"));
        Map<String, Long> calls = callsSinceThen();
        return new Cost(
                seconds,
                cpu / seconds,
                residentMiB(arena.operator()),
                requests,
                lease,
                calls.values().stream().mapToLong(Long::longValue).sum() / seconds,
                calls,
                arena.redis().otherClients(),
                sizes.changes() - changesBefore);
    }

    private Map<String, Long> callsSinceThen() {
        Map<String, Long> calls = new TreeMap<>();
        arena.redis().calls().forEach((name, count) -> {
            long since = count - callsBefore.getOrDefault(name, 0L);
            if (since > 0) {
                calls.put(name, since);
            }
        });
        return calls;
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private static double residentMiB(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
