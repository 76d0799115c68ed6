package dev.workerpool.broker.redis;

import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Jobs fall due without anybody writing a key: a timer for the next of each sorted set. Used in its executor only. */
final class DueTimes {
    /** Beyond that a new reading has long come by. */
    private static final Duration FAR = Duration.ofHours(1);

    private final EventExecutor executor;
    private final Consumer<String> due;
    private final Map<Watched, ScheduledFuture<?>> timers = new HashMap<>();

    /** @param due told of a key when a job in it has fallen due */
    DueTimes(EventExecutor executor, Consumer<String> due) {
        this.executor = executor;
        this.due = due;
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

    private void note(Read.Timed read, Reply next, Instant asked) {
        Watched watched = new Watched(read.key(), Duration.between(asked, read.moment()));
        cancel(watched);
        if (next instanceof Reply.Text text && text.value().isPresent()) {
            double score = Double.parseDouble(text.value().get());
            // Frameworks count from the epoch in seconds, milliseconds or parts of them: so the ratio tells, whatever
            // the unit.
            long moment = read.moment().toEpochMilli();
            long millis = (long) Math.ceil(moment * (score / read.now())) - moment;
            long wait = Math.clamp(millis + 1, 1, FAR.toMillis());
            timers.put(watched, executor.schedule(() -> due.accept(read.key()), wait, TimeUnit.MILLISECONDS));
        }
    }

    void cancelAll() {
        timers.values().forEach(timer -> timer.cancel(false));
        timers.clear();
    }

    private void cancel(Watched watched) {
        ScheduledFuture<?> before = timers.remove(watched);
        if (before != null) {
            before.cancel(false);
        }
    }
}
