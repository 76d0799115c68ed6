package dev.workerpool.broker.redis;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which pools are measured, and which of them are to be read next. */
final class Agenda {
    private final Duration breath;
    private final Readers readers = new Readers();
    private final Set<PoolKey> due = new LinkedHashSet<>();
    private final Set<PoolKey> resting = new HashSet<>();
    private final Map<PoolKey, Long> wokenAt = new HashMap<>();
    private final Set<PoolKey> stirred = new HashSet<>();
    private Map<PoolKey, Query> pools = Map.of();

    /**
     * @param breath however fast a queue changes, it is read no more often than this for its changes
     */
    Agenda(Duration breath) {
        this.breath = breath;
    }

    Map<PoolKey, Query> pools() {
        return pools;
    }

    Readers readers() {
        return readers;
    }

    /**
     * From now on these are measured; those that ask something new are due.
     *
     * @return the keys that nobody reads any more
     */
    Set<String> replace(Map<PoolKey, Query> next) {
        Set<String> left = new HashSet<>();
        next.forEach((pool, query) -> {
            if (!query.equals(pools.get(pool))) {
                due.add(pool);
                left.addAll(readers.put(pool, query));
            }
        });
        pools.keySet().stream()
                .filter(pool -> !next.containsKey(pool))
                .forEach(pool -> left.addAll(readers.remove(pool)));
        pools = next;
        due.retainAll(next.keySet());
        resting.retainAll(next.keySet());
        wokenAt.keySet().retainAll(next.keySet());
        stirred.retainAll(next.keySet());
        return left;
    }

    void everyone() {
        due.addAll(pools.keySet());
    }

    /** Those at rest that were woken stay due. */
    void everyoneNotAtRest() {
        pools.keySet().stream().filter(pool -> !resting.contains(pool)).forEach(due::add);
    }

    void add(Collection<PoolKey> some) {
        some.stream().filter(pools::containsKey).forEach(due::add);
    }

    /**
     * The readers of these keys are due.
     *
     * @return those of them that were woken just now, and are to be woken again after a breath. Readings for other reasons do
     *     not count: who is read each second anyway would else hear of one change in ten a tenth of a second late
     */
    Set<PoolKey> wake(Collection<String> keys) {
        Set<PoolKey> concerned = new LinkedHashSet<>();
        for (String key : keys) {
            if (readers.isQueue(key)) {
                stirred.addAll(readers.of(key));
            }
            concerned.addAll(readers.of(key));
        }
        long now = System.nanoTime();
        Set<PoolKey> later = new HashSet<>();
        for (PoolKey pool : concerned) {
            Long before = wokenAt.get(pool);
            if (before == null || now - before >= breath.toNanos()) {
                awake(pool, now);
            } else {
                later.add(pool);
            }
        }
        return later;
    }

    /** Those that had to wait for their breath. */
    void wakeNow(Collection<PoolKey> some) {
        long now = System.nanoTime();
        some.stream().filter(pools::containsKey).forEach(pool -> awake(pool, now));
    }

    private void awake(PoolKey pool, long now) {
        wokenAt.put(pool, now);
        due.add(pool);
    }

    /** Whether a queue of the pool has changed since this was last asked. */
    boolean wasStirred(PoolKey pool) {
        return stirred.remove(pool);
    }

    void rests(PoolKey pool, boolean rests) {
        if (rests) {
            resting.add(pool);
        } else {
            resting.remove(pool);
        }
    }

    void nobodyRests() {
        resting.clear();
    }

    boolean isEmpty() {
        return due.isEmpty();
    }

    /** Those that are due, which are so no longer. */
    Map<PoolKey, Query> take() {
        Map<PoolKey, Query> chosen = new HashMap<>(pools);
        chosen.keySet().retainAll(due);
        due.clear();
        return chosen;
    }
}
