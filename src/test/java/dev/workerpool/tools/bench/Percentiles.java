package dev.workerpool.tools.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times of one kind, for percentiles by nearest rank. */
final class Percentiles {
    private final List<Duration> times = new ArrayList<>();

    void add(Duration time) {
        times.add(time);
    }

    /** In milliseconds. */
    double of(int percent) {
        List<Duration> ascending = times.stream().sorted().toList();
        int rank = Math.max(1, Math.ceilDiv(percent * ascending.size(), 100));
        return ascending.get(rank - 1).toNanos() / 1e6;
    }

    Figures.Reactions beside(Percentiles floor, String of) {
        return new Figures.Reactions(
                of, times.size(), of(50), of(95), of(99), of(100), of(50) / floor.of(50), of(99) / floor.of(99));
    }
}
