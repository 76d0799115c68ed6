package dev.workerpool.broker.redis;

import dev.workerpool.broker.Vitals;
import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.function.Consumer;

/** What is asked now and then beside the readings: where the master is, and how the server is. Used in its executor only. */
final class Seldom {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration CHECK_EVERY = Duration.ofMinutes(1);

    private final EventExecutor executor;
    private final Connector connector;
    private final Link<StatefulRedisConnection<String, String>> link;
    private final Consumer<Vitals> told;
    private long lookedAt = System.nanoTime();
    private long checkedAt = System.nanoTime() - CHECK_EVERY.toNanos();

    Seldom(
            EventExecutor executor,
            Connector connector,
            Link<StatefulRedisConnection<String, String>> link,
            Consumer<Vitals> told) {
        this.executor = executor;
        this.connector = connector;
        this.link = link;
        this.told = told;
    }

    /** Asks what it is time for; called every second or so. */
    void tend() {
        link.connection().ifPresent(connection -> {
            long now = System.nanoTime();
            if (connector.follows() && now - lookedAt >= LOOK_EVERY.toNanos()) {
                lookedAt = now;
                look();
            }
            if (now - checkedAt >= CHECK_EVERY.toNanos()) {
                checkedAt = now;
                Unawaited.result(Checkup.of(connection).thenAcceptAsync(told, executor));
            }
        });
    }

    /** A server that answers may be one that the others have left behind. */
    private void look() {
        Unawaited.result(connector
                .elsewhere()
                .thenAcceptAsync(
                        found -> found.ifPresent(other -> link.drop("the master is now " + other.hostAndPort())),
                        executor));
    }
}
