package dev.workerpool.broker.rabbitmq;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** Which pools are measured, and which of them when. The session's thread waits here; everybody else only tells. */
final class Agenda {
    /** Pools that are told one after the other are read together. */
    private static final Duration GATHER = Duration.ofMillis(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Duration interval;
    private final RandomGenerator random;
    private final Set<PoolKey> due = new HashSet<>();
    private Map<PoolKey, Query> pools = Map.of();
    private long nextRound;
    private boolean stirred;
    private boolean over;

    Agenda(Duration interval, RandomGenerator random) {
        this.interval = interval;
        this.random = random;
        this.nextRound = System.nanoTime() + jittered();
    }

    /** Replaces what is measured; those that ask something new are due. */
    void replace(Map<PoolKey, Query> next) {
        locked(() -> {
            next.forEach((pool, query) -> {
                if (!query.equals(pools.get(pool))) {
                    due.add(pool);
                }
            });
            pools = Map.copyOf(next);
            due.retainAll(pools.keySet());
        });
    }

    void everyone() {
        locked(() -> due.addAll(pools.keySet()));
    }

    /** Whoever waits is to look around. */
    void stir() {
        locked(() -> stirred = true);
    }

    void end() {
        locked(() -> over = true);
    }

    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    Map<PoolKey, Query> pools() {
        lock.lock();
        try {
            return pools;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for who is due: those that are new, or all at each interval. Nobody where it was stirred, or is over. */
    Map<PoolKey, Query> take() throws InterruptedException {
        lock.lock();
        try {
            while (due.isEmpty() && !stirred && !over) {
                long left = nextRound - System.nanoTime();
                if (left <= 0) {
                    due.addAll(pools.keySet());
                    nextRound = System.nanoTime() + jittered();
                } else {
                    awaitNanos(left);
                }
            }
            if (!due.isEmpty() && !over) {
                awaitNanos(GATHER.toNanos());
            }
            Map<PoolKey, Query> taken = new HashMap<>(pools);
            taken.keySet().retainAll(over ? Set.of() : due);
            due.clear();
            stirred = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, or until it is over. */
    void rest(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long end = System.nanoTime() + time.toNanos();
            for (long left = time.toNanos(); left > 0 && !over; left = end - System.nanoTime()) {
                awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether there was news or the time is over is for the caller to see. */
    @SuppressWarnings({"WaitNotInLoop", "unused"})
    private void awaitNanos(long most) throws InterruptedException {
        long left = news.awaitNanos(most);
    }

    /** A tenth more or less, so that sessions of one broker do not all ask in the same moment. */
    private long jittered() {
        long nanos = interval.toNanos();
        return nanos + random.nextLong(-nanos / 10, nanos / 10 + 1);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
