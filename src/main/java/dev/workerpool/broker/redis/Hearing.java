package dev.workerpool.broker.redis;

import dev.workerpool.broker.dialling.Hearsay;
import dev.workerpool.framework.Framework;
import dev.workerpool.scaling.WorkerReport;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what workers publish of themselves, over a connection of its own: in RESP2 a connection that listens can
 * ask nothing. It is made only when there is something to listen to. Used in its executor only.
 */
final class Hearing implements Link.Events<Single<StatefulRedisPubSubConnection<String, String>>> {
    /** A connection on which nothing comes may be dead: subscribing again is answered if it is not. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final EventExecutor executor;
    private final Clock clock;
    private final Duration patience;
    private final Link<Single<StatefulRedisPubSubConnection<String, String>>> link;
    private final Map<String, Framework> patterns = new HashMap<>();
    private final Map<String, Hearsay> heard = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private boolean opened;
    private @Nullable ScheduledFuture<?> asking;

    Hearing(
            EventExecutor executor,
            Clock clock,
            Duration patience,
            Function<
                            Link.Events<Single<StatefulRedisPubSubConnection<String, String>>>,
                            Link<Single<StatefulRedisPubSubConnection<String, String>>>>
                    links) {
        this.executor = executor;
        this.clock = clock;
        this.patience = patience;
        this.link = links.apply(this);
    }

    /** Replaces what is listened to. */
    void listenTo(Map<String, Framework> wanted) {
        List<String> fresh = wanted.keySet().stream()
                .filter(pattern -> !patterns.containsKey(pattern))
                .toList();
        List<String> gone = patterns.keySet().stream()
                .filter(pattern -> !wanted.containsKey(pattern))
                .toList();
        patterns.clear();
        patterns.putAll(wanted);
        gone.forEach(pattern -> {
            heard.remove(pattern);
            refused.remove(pattern);
        });
        if (!opened && !wanted.isEmpty()) {
            opened = true;
            link.open();
        }
        link.connection().map(Single::connection).ifPresent(connection -> {
            fresh.forEach(pattern -> subscribe(connection, pattern));
            gone.forEach(pattern -> Unawaited.result(connection.async().punsubscribe(pattern)));
        });
    }

    List<WorkerReport> reports(List<String> asked) {
        Instant now = clock.instant();
        return asked.stream()
                .flatMap(pattern -> Optional.ofNullable(heard.get(pattern)).stream())
                .flatMap(hearsay -> hearsay.reports(now).stream())
                .toList();
    }

    /** Why workers cannot be heard on these patterns, where they cannot. */
    Optional<String> deafness(List<String> asked) {
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (link.connection().isEmpty()) {
            return Optional.of("the workers' reports cannot be heard: " + link.why());
        }
        return asked.stream()
                .flatMap(pattern -> Optional.ofNullable(refused.get(pattern)).stream())
                .findFirst();
    }

    /** What is listened to has moved, though the connection may stand. */
    void moveOn(String why) {
        link.drop(why);
    }

    void close() {
        stopAsking();
        link.close();
    }

    @Override
    public void up(Single<StatefulRedisPubSubConnection<String, String>> made) {
        StatefulRedisPubSubConnection<String, String> connection = made.connection();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String pattern, String channel, String message) {
                executor.execute(() -> hear(pattern, channel, message));
            }
        });
        patterns.keySet().forEach(pattern -> subscribe(connection, pattern));
        long period = ASK_AGAIN.toMillis();
        asking = executor.scheduleAtFixedRate(
                () -> patterns.keySet().forEach(pattern -> subscribe(connection, pattern)),
                period,
                period,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void down(String why) {
        stopAsking();
    }

    private void subscribe(StatefulRedisPubSubConnection<String, String> connection, String pattern) {
        Unawaited.result(connection
                .async()
                .psubscribe(pattern)
                .toCompletableFuture()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync((done, failure) -> subscribed(pattern, failure), executor));
    }

    private void subscribed(String pattern, @Nullable Throwable failure) {
        if (failure == null) {
            refused.remove(pattern);
            link.works();
            return;
        }
        Throwable cause = Failures.cause(failure);
        if (cause instanceof RedisCommandExecutionException) {
            refused.put(
                    pattern,
                    "the workers' reports cannot be heard: the login lacks the permission to subscribe to "
                            + Refusals.readable(pattern));
        } else {
            link.drop("the broker no longer answers");
        }
    }

    private void hear(String pattern, String channel, String message) {
        Framework framework = patterns.get(pattern);
        if (framework != null) {
            framework
                    .report(channel, message)
                    .ifPresent(report -> heard.computeIfAbsent(pattern, name -> new Hearsay())
                            .hear(report, clock.instant()));
        }
    }

    private void stopAsking() {
        if (asking != null) {
            asking.cancel(false);
            asking = null;
        }
    }
}
