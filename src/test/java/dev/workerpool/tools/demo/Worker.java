package dev.workerpool.tools.demo;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A worker process as its framework would run it in a pod: takes jobs while it has a thread free, tells of itself, and when it is told
 * to leave, takes no more, finishes what it has, and says good-bye.
 */
final class Worker {
    private static final int WAIT_SECONDS = 1;

    private final Wire wire;
    private final Wire.Identity identity;
    private final Supplier<StatefulRedisConnection<String, String>> connect;
    private final Tally tally;
    private final Semaphore free;
    private final Map<String, String> running = new ConcurrentHashMap<>();
    private volatile boolean leaving;
    private volatile long done;
    private Instant nextBeat = Instant.MIN;

    Worker(Wire wire, Wire.Identity identity, Supplier<StatefulRedisConnection<String, String>> connect, Tally tally) {
        this.wire = wire;
        this.identity = identity;
        this.connect = connect;
        this.tally = tally;
        this.free = new Semaphore(identity.concurrency());
    }

    /** Returns when it has left, or when Redis is gone. */
    void run() {
        try (StatefulRedisConnection<String, String> connection = connect.get()) {
            RedisCommands<String, String> redis = connection.sync();
            wire.begin(redis, identity, Instant.now());
            String[] lists = wire.lists(identity.queues()).toArray(String[]::new);
            while (!leaving) {
                beat(redis);
                if (free.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                    take(redis, lists);
                }
            }
            while (!running.isEmpty()) {
                beat(redis);
                Thread.sleep(50);
            }
            wire.end(redis, identity, Instant.now());
        } catch (RedisException gone) {
            // The show is over: what was not done is told by the tally.
            leaving = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void leave() {
        leaving = true;
    }

    private void take(RedisCommands<String, String> redis, String[] lists) {
        KeyValue<String, String> taken = redis.brpop(WAIT_SECONDS, lists);
        if (taken == null || !taken.hasValue()) {
            free.release();
            return;
        }
        Job job = wire.read(taken.getValue());
        running.put(job.id(), taken.getValue());
        Thread.startVirtualThread(() -> work(job));
    }

    private void work(Job job) {
        try {
            Thread.sleep(job.lasting());
            tally.done(job.id());
            count();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(job.id());
            free.release();
        }
    }

    private synchronized void count() {
        done++;
    }

    private void beat(RedisCommands<String, String> redis) {
        Instant now = Instant.now();
        if (now.isBefore(nextBeat)) {
            return;
        }
        nextBeat = now.plus(wire.beatsEvery());
        wire.beat(redis, identity, new Wire.Busy(List.copyOf(running.values()), leaving, done), now);
    }
}
