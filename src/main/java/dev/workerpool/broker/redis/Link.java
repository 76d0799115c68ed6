package dev.workerpool.broker.redis;

import dev.workerpool.broker.dialling.Backoff;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection: makes it, hears of its end, makes it again. Used and heard from in its executor only. While
 * there is no connection nothing can be written, so nothing piles up.
 */
final class Link<C extends Wire> {

    /** What its owner is told, in the executor. */
    interface Events<C> {
        void up(C connection);

        void down(String why);
    }

    private final EventExecutor executor;
    private final Supplier<CompletableFuture<C>> dial;
    private final Failures failures;
    private final Backoff backoff;
    private final Events<C> events;

    private @Nullable C connection;
    private String why = "the connection is not made yet";
    private volatile boolean closed;

    Link(
            EventExecutor executor,
            Supplier<CompletableFuture<C>> dial,
            Failures failures,
            Backoff backoff,
            Events<C> events) {
        this.executor = executor;
        this.dial = dial;
        this.failures = failures;
        this.backoff = backoff;
        this.events = events;
    }

    void open() {
        if (!closed) {
            Unawaited.result(dial.get().whenCompleteAsync(this::dialled, executor));
        }
    }

    Optional<C> connection() {
        return Optional.ofNullable(connection);
    }

    /** Why there is no connection, for people. */
    String why() {
        return why;
    }

    /** The connection has shown that it works: the next failure is a new one. */
    void works() {
        backoff.succeeded();
    }

    /** Gives up a connection that does not answer, and makes another. */
    void drop(String reason) {
        if (connection != null) {
            lost(connection, reason);
        }
    }

    /** Makes no further connection; the connector closes what it made. */
    void close() {
        closed = true;
    }

    private void dialled(@Nullable C made, @Nullable Throwable failure) {
        if (made == null) {
            down(
                    failure == null
                            ? "no connection was made"
                            : failures.explain(failure).message());
            return;
        }
        if (closed) {
            Unawaited.result(made.closeAsync());
            return;
        }
        connection = made;
        made.whenLost(() -> {
            // At the end of all, connections close later than their executor.
            if (!closed) {
                executor.execute(() -> lost(made, lost(made)));
            }
        });
        if (made.isOpen()) {
            events.up(made);
        } else {
            lost(made, lost(made));
        }
    }

    private String lost(C which) {
        return which.lost().map(at -> new Failures(() -> at)).orElse(failures).lost();
    }

    private void lost(C which, String reason) {
        if (which.equals(connection) && !closed) {
            connection = null;
            Unawaited.result(which.closeAsync());
            down(reason);
        }
    }

    private void down(String reason) {
        if (!closed) {
            why = reason;
            Unawaited.result(executor.schedule(this::open, backoff.next().toMillis(), TimeUnit.MILLISECONDS));
            events.down(reason);
        }
    }
}
