package dev.workerpool.operator;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Leftovers;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Workers;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What one session has read of each pool last, and when there was last something to be done; all since it was opened. */
final class Readings {
    private static final String NOT_YET = "its queues have not been read there yet";

    private final Map<PoolKey, Measurement> last = new HashMap<>();
    private final Map<PoolKey, Measured> lastKnown = new HashMap<>();
    private final Map<PoolKey, Instant> stillSince = new HashMap<>();
    private Optional<Instant> silentSince = Optional.empty();

    /**
     * What is known of some pools at one moment.
     *
     * @param lastKnown what was read last, though it may no longer answer
     */
    record Seen(
            Map<PoolKey, Measurement> byPool,
            Map<PoolKey, Measured> lastKnown,
            Map<PoolKey, Instant> stillSince,
            Optional<Instant> silentSince) {

        /** What is there now, with what runs where that matters. */
        Leftovers leftovers(Map<PoolKey, Optional<Figure>> running, Instant now) {
            return leftovers(byPool, running, now);
        }

        /** What is there now, with what runs as far as the server counts it. */
        Leftovers leftovers(Collection<PoolKey> pools, Instant now) {
            Map<PoolKey, Optional<Figure>> running = new HashMap<>();
            pools.forEach(pool -> running.put(
                    pool,
                    byPool.get(pool) instanceof Measured measured
                                    && measured.workers() instanceof Workers.Counted counted
                            ? Optional.of(counted.running())
                            : Optional.empty()));
            return leftovers(byPool, running, now);
        }

        /** What was there when it last answered; what ran then is not told. */
        Leftovers lastLeftovers(Collection<PoolKey> pools, Instant now) {
            Map<PoolKey, Optional<Figure>> running = new HashMap<>();
            pools.forEach(pool -> running.put(pool, Optional.empty()));
            return leftovers(lastKnown, running, now);
        }

        private static Leftovers leftovers(
                Map<PoolKey, ? extends Measurement> seen, Map<PoolKey, Optional<Figure>> running, Instant now) {
            Map<String, Leftovers.OfPool> pools = new TreeMap<>();
            running.forEach((pool, figure) -> pools.put(
                    pool.name(),
                    new Leftovers.OfPool(
                            Optional.<Measurement>ofNullable(seen.get(pool))
                                    .orElseGet(() -> new Measurement.Unavailable(now, NOT_YET)),
                            figure)));
            return new Leftovers(pools);
        }

        /** Since when none of them has had anything to be done; empty where one has, or was not read. */
        Optional<Instant> stillSince(Collection<PoolKey> pools) {
            return stillSince.keySet().containsAll(pools)
                    ? pools.stream().map(stillSince::get).max(Instant::compareTo)
                    : Optional.empty();
        }
    }

    synchronized void note(PoolKey pool, Measurement measurement) {
        boolean silent = measurement instanceof Measurement.Unavailable;
        silentSince = silent ? silentSince.or(() -> Optional.of(measurement.at())) : Optional.empty();
        last.put(pool, measurement);
        if (measurement instanceof Measured known) {
            lastKnown.put(pool, known);
        }
        if (measurement instanceof Measured measured && isStill(measured)) {
            stillSince.putIfAbsent(pool, measured.at());
        } else {
            stillSince.remove(pool);
        }
    }

    /** What was told of may have come and gone. */
    private static boolean isStill(Measured measured) {
        return !measured.stirred()
                && new Leftovers(Map.of("", new Leftovers.OfPool(measured, Optional.empty()))).empty();
    }

    synchronized Seen seen() {
        return new Seen(Map.copyOf(last), Map.copyOf(lastKnown), Map.copyOf(stillSince), silentSince);
    }

    /** Of the others nothing is told any more. */
    synchronized void keep(Set<PoolKey> pools) {
        last.keySet().retainAll(pools);
        lastKnown.keySet().retainAll(pools);
        stillSince.keySet().retainAll(pools);
    }

    /** Whether it answers, and nothing is there to be done. */
    synchronized boolean isQuiet() {
        return silentSince.isEmpty() && stillSince.keySet().containsAll(last.keySet());
    }

    synchronized void clear() {
        last.clear();
        lastKnown.clear();
        stillSince.clear();
        silentSince = Optional.empty();
    }
}
