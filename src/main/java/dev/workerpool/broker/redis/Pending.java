package dev.workerpool.broker.redis;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one question that a session has asked and waits for, and until when. Everything happens in the session's executor. */
final class Pending {
    private final EventExecutor executor;
    private final Duration patience;
    private final Runnable expired;

    private @Nullable Question asked;
    private @Nullable ScheduledFuture<?> deadline;

    /** @param expired told when a question was not answered in time, if it still is the one that is waited for */
    Pending(EventExecutor executor, Duration patience, Runnable expired) {
        this.executor = executor;
        this.patience = patience;
        this.expired = expired;
    }

    void ask(Question question) {
        asked = question;
        deadline = executor.schedule(
                () -> {
                    if (is(question)) {
                        expired.run();
                    }
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    boolean isNone() {
        return asked == null;
    }

    boolean is(Question question) {
        return question.equals(asked);
    }

    /** These keys changed while it was under way. */
    void change(Collection<String> keys) {
        if (asked != null) {
            asked.change(keys);
        }
    }

    void stop() {
        asked = null;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
