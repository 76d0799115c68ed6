package dev.workerpool.broker.redis;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Moment;
import dev.workerpool.framework.Read;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which pools read which keys, so that a change of a key wakes those and no others. */
final class Readers {
    private final Map<String, Set<PoolKey>> byKey = new HashMap<>();
    private final Map<PoolKey, Set<String>> byPool = new HashMap<>();
    private final Set<PoolKey> timed = new HashSet<>();
    private final Set<String> queues = new HashSet<>();

    /**
     * From now on the pool reads what this asks for first; what only follows from that wakes nobody.
     *
     * @return the keys that nobody reads any more
     */
    Set<String> put(PoolKey pool, Query query) {
        Set<String> left = remove(pool);
        List<Read> reads = query.framework().reads(query.queues(), new Moment(Instant.EPOCH, Duration.ZERO));
        if (reads.stream().anyMatch(Read.Timed.class::isInstance)) {
            timed.add(pool);
        }
        reads.stream().filter(Read.ListLength.class::isInstance).map(Read::key).forEach(queues::add);
        Set<String> keys = reads.stream().map(Read::key).collect(Collectors.toSet());
        byPool.put(pool, keys);
        keys.forEach(key -> byKey.computeIfAbsent(key, name -> new HashSet<>()).add(pool));
        left.removeAll(keys);
        return left;
    }

    /** @return the keys that nobody reads any more */
    Set<String> remove(PoolKey pool) {
        Set<String> left = new HashSet<>();
        byPool.getOrDefault(pool, Set.of()).forEach(key -> {
            Set<PoolKey> readers = byKey.getOrDefault(key, Set.of());
            readers.remove(pool);
            if (readers.isEmpty()) {
                byKey.remove(key);
                queues.remove(key);
                left.add(key);
            }
        });
        byPool.remove(pool);
        timed.remove(pool);
        return left;
    }

    /** Whether it is a list whose length someone asks for, and so holds jobs. */
    boolean isQueue(String key) {
        return queues.contains(key);
    }

    /** Those for which the passing of time alone may change something. */
    Set<PoolKey> timed() {
        return timed;
    }

    /** All that are read by anyone. */
    Set<String> keys() {
        return byKey.keySet();
    }

    Set<PoolKey> of(String key) {
        return byKey.getOrDefault(key, Set.of());
    }

    Set<String> keysOf(PoolKey pool) {
        return byPool.getOrDefault(pool, Set.of());
    }
}
