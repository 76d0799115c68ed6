package dev.workerpool.broker.redis;

import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Jobs fall due without anybody writing a key: a timer for the next of each sorted set. Used in its executor only. */
final class DueTimes {
    /** Beyond that a new reading has long come by. */
    private static final Duration FAR = Duration.ofHours(1);

    private final EventExecutor executor;
    private final Consumer<String> due;
    private final Map<String, ScheduledFuture<?>> timers = new HashMap<>();

    /** @param due told of a key when a job in it has fallen due */
    DueTimes(EventExecutor executor, Consumer<String> due) {
        this.executor = executor;
        this.due = due;
    }

    /** What comes next in a sorted set, as it was read by commands made for this moment. */
    void note(Read.Timed read, Reply next, Instant asked) {
        cancel(read.key());
        if (next instanceof Reply.Text text && text.value().isPresent()) {
            double score = Double.parseDouble(text.value().get());
            // Frameworks count from the epoch in seconds, milliseconds or parts of them: so the ratio tells, whatever
            // the unit.
            long millis = (long) Math.ceil(asked.toEpochMilli() * (score / read.now())) - asked.toEpochMilli();
            long wait = Math.clamp(millis + 1, 1, FAR.toMillis());
            timers.put(read.key(), executor.schedule(() -> due.accept(read.key()), wait, TimeUnit.MILLISECONDS));
        }
    }

    void cancelAll() {
        timers.values().forEach(timer -> timer.cancel(false));
        timers.clear();
    }

    private void cancel(String key) {
        ScheduledFuture<?> before = timers.remove(key);
        if (before != null) {
            before.cancel(false);
        }
    }
}
