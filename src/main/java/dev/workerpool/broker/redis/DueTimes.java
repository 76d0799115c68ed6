package dev.workerpool.broker.redis;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import dev.workerpool.scaling.Measurement.Measured;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Jobs fall due without anybody writing a key: a timer for the next of each sorted set, and one for each pool whose jobs carry
 * their times themselves. Used in its executor only.
 */
final class DueTimes {
    /** Beyond that a new reading has long come by. */
    private static final Duration FAR = Duration.ofHours(1);

    private final EventExecutor executor;
    private final Consumer<String> due;
    private final Consumer<PoolKey> turned;
    private final Map<Object, ScheduledFuture<?>> timers = new HashMap<>();

    /**
     * @param due told of a key when a job in it has fallen due
     * @param turned told of a pool when what was read of it says something else
     */
    DueTimes(EventExecutor executor, Consumer<String> due, Consumer<PoolKey> turned) {
        this.executor = executor;
        this.due = due;
        this.turned = turned;
    }

    /** A sorted set, as it is looked at so long ahead. */
    private record Watched(String key, Duration ahead) {}

    /** What comes next in each sorted set that was read in this round. */
    void note(Round round) {
        round.fresh().forEach((read, reply) -> {
            if (read instanceof Read.Timed timed && timed.isDated()) {
                Optional.ofNullable(round.fresh().get(Round.next(timed)))
                        .ifPresent(next -> note(timed, next, round.asked()));
            }
        });
    }

    /** When the answers of this measurement, read at that moment, will say something else. */
    void note(PoolKey pool, Measured measured, Instant asked) {
        cancel(pool);
        measured.next()
                .ifPresent(next -> set(pool, Duration.between(asked, next).toMillis(), () -> turned.accept(pool)));
    }

    private void note(Read.Timed read, Reply next, Instant asked) {
        Watched watched = new Watched(read.key(), Duration.between(asked, read.moment()));
        cancel(watched);
        if (next instanceof Reply.Text text && text.value().isPresent()) {
            double score = Double.parseDouble(text.value().get());
            // Frameworks count from the epoch in seconds, milliseconds or parts of them: so the ratio tells, whatever
            // the unit.
            long moment = read.moment().toEpochMilli();
            long millis = (long) Math.ceil(moment * (score / read.now())) - moment;
            set(watched, millis, () -> due.accept(read.key()));
        }
    }

    private void set(Object what, long millis, Runnable then) {
        long wait = Math.clamp(millis + 1, 1, FAR.toMillis());
        timers.put(what, executor.schedule(then, wait, TimeUnit.MILLISECONDS));
    }

    void cancelAll() {
        timers.values().forEach(timer -> timer.cancel(false));
        timers.clear();
    }

    private void cancel(Object what) {
        ScheduledFuture<?> before = timers.remove(what);
        if (before != null) {
            before.cancel(false);
        }
    }
}
