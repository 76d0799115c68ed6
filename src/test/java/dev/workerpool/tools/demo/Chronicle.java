package dev.workerpool.tools.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds in what the operator's page shows, again and again, what is new: another size, or another reason for the same. */
final class Chronicle {
    private final Map<String, Fleet.Row> before = new HashMap<>();
    private final Map<String, List<Integer>> sizes = new TreeMap<>();
    private Optional<Instant> firstRaised = Optional.empty();

    /** In the order of the pools. */
    List<Happening> observe(Fleet fleet, Instant now) {
        List<Happening> found = new ArrayList<>();
        for (Fleet.Row row : fleet.pools()) {
            if (row.desired() == null || row.reason() == null) {
                continue;
            }
            Fleet.Row last = before.put(row.name(), row);
            if (last == null || isNew(last, row)) {
                found.add(new Happening(now, row.name(), step(last, row), why(row), figures(row)));
            }
            remember(row.name(), row.desired());
            if (firstRaised.isEmpty() && row.desired() > 0) {
                firstRaised = Optional.of(now);
            }
        }
        return found;
    }

    /** When a pool was first decided to have workers. */
    Optional<Instant> firstRaised() {
        return firstRaised;
    }

    /** The sizes that each pool was decided to have, one after the other. */
    Map<String, List<Integer>> sizes() {
        return Map.copyOf(sizes);
    }

    private void remember(String pool, int size) {
        List<Integer> of = sizes.computeIfAbsent(pool, key -> new ArrayList<>());
        if (of.isEmpty() || of.getLast() != size) {
            of.add(size);
        }
    }

    private static boolean isNew(Fleet.Row last, Fleet.Row row) {
        return !Objects.equals(last.desired(), row.desired()) || !Objects.equals(last.reason(), row.reason());
    }

    private static String step(Fleet.@Nullable Row last, Fleet.Row row) {
        return last == null || Objects.equals(last.desired(), row.desired())
                ? String.valueOf(row.desired())
                : last.desired() + " → " + row.desired();
    }

    private static String why(Fleet.Row row) {
        return row.reason() + ": " + row.message();
    }

    private static String figures(Fleet.Row row) {
        return "waiting %s, running %s".formatted(Figures.count(row.waiting()), Figures.count(row.running()));
    }
}
