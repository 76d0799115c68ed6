package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient.Measuring;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One server's announcements that a key which was read has changed ({@code CLIENT TRACKING}, Redis 6 and later). They are relied
 * on only once one has come: a proxy may take the command and keep the announcements to itself. So a key of our own is changed
 * for a try; where the login may not write, the first real change is waited for. Used in its executor only.
 */
final class Announcer {
    private static final String INVALIDATE = "invalidate";
    private static final Duration TRY_LASTS = Duration.ofSeconds(10);

    static final Measuring NOT_TRIED = new Measuring.Poll("not tried yet whether the broker announces changes");
    private static final Measuring NOT_SEEN =
            new Measuring.Poll("the broker has announced no change yet, and the login may not write a key to try it");

    private final EventExecutor executor;
    private final Duration patience;
    private final Announcements.Hearer hearer;
    private Measuring measuring = NOT_TRIED;
    private @Nullable StatefulRedisConnection<String, String> connection;
    private final String tried;

    /** @param tried a key of our own, which this server answers for */
    Announcer(EventExecutor executor, Duration patience, Announcements.Hearer hearer, String tried) {
        this.executor = executor;
        this.patience = patience;
        this.hearer = hearer;
        this.tried = tried;
    }

    Measuring measuring() {
        return measuring;
    }

    /** Whether what was read holds until a change is announced. */
    boolean inForce() {
        return measuring instanceof Measuring.Push;
    }

    /** Whether they may yet be relied on: the server has not refused, and what is read meanwhile is watched already. */
    boolean mayCome() {
        return inForce() || measuring.equals(NOT_TRIED) || measuring.equals(NOT_SEEN);
    }

    /** Asks for them on a new connection, before anything is read there. Its commands are not sent until they are flushed. */
    void begin(StatefulRedisConnection<String, String> made) {
        connection = made;
        made.addListener(message -> pushed(made, message));
        RedisAsyncCommands<String, String> commands = made.async();
        Unawaited.result(commands.clientTracking(TrackingArgs.Builder.enabled())
                .toCompletableFuture()
                .whenCompleteAsync((done, failure) -> tracking(made, failure), executor));
        Unawaited.result(commands.exists(tried));
        Unawaited.result(commands.set(tried, "", SetArgs.Builder.px(TRY_LASTS))
                .toCompletableFuture()
                .whenCompleteAsync((done, failure) -> written(made, failure), executor));
        made.flushCommands();
    }

    /** The connection is gone: nothing counts any more that comes from it. */
    void end() {
        connection = null;
    }

    /** A change was seen that had not been announced: on this connection none is believed any more. */
    void distrust(String why) {
        if (connection != null) {
            Unawaited.result(connection.async().clientTracking(TrackingArgs.Builder.enabled(false)));
            connection.flushCommands();
        }
        become(new Measuring.Poll(why));
    }

    private void tracking(StatefulRedisConnection<String, String> by, @Nullable Throwable failure) {
        if (by.equals(connection) && failure != null) {
            become(new Measuring.Poll("the broker does not announce changes" + said(failure)));
        }
    }

    private void written(StatefulRedisConnection<String, String> by, @Nullable Throwable failure) {
        if (!by.equals(connection) || !measuring.equals(NOT_TRIED)) {
            return;
        }
        if (failure != null) {
            become(NOT_SEEN);
            return;
        }
        Unawaited.result(executor.schedule(
                () -> {
                    if (by.equals(connection) && measuring.equals(NOT_TRIED)) {
                        distrust("the broker takes the wish to hear of changes, and announces none");
                    }
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    /** In the connection's own thread, before any answer that the server sent later. */
    private void pushed(StatefulRedisConnection<String, String> by, PushMessage message) {
        if (INVALIDATE.equals(message.getType())) {
            List<Object> content = message.getContent(StringCodec.UTF8::decodeValue);
            executor.execute(() -> hear(by, content.size() > 1 ? content.get(1) : null));
        }
    }

    private void hear(StatefulRedisConnection<String, String> by, @Nullable Object keys) {
        if (!by.equals(connection)) {
            return;
        }
        if (measuring.equals(NOT_TRIED) || measuring.equals(NOT_SEEN)) {
            become(new Measuring.Push());
        }
        if (keys instanceof List<?> names) {
            hearer.changed(names.stream()
                    .map(String::valueOf)
                    .filter(name -> !name.equals(tried))
                    .toList());
        } else {
            hearer.anyChanged();
        }
    }

    private void become(Measuring how) {
        if (!how.equals(measuring)) {
            measuring = how;
            hearer.measuring(how);
        }
    }

    /** Only what the server says of the command; anything else ends the connection, and is told then. */
    private static String said(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return cause instanceof RedisCommandExecutionException
                ? ": " + Refusals.readable(String.valueOf(cause.getMessage()))
                : "";
    }
}
