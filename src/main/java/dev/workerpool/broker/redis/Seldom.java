package dev.workerpool.broker.redis;

import dev.workerpool.broker.Vitals;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.function.Consumer;

/** What is asked now and then beside the readings: where the master is, and how the server is. Used in its executor only. */
final class Seldom {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration CHECK_EVERY = Duration.ofMinutes(1);

    private final EventExecutor executor;
    private final Connector connector;
    private final Link<Nodes> link;
    private final Runnable moved;
    private final Consumer<Vitals> told;
    private long lookedAt = System.nanoTime();
    private long checkedAt = System.nanoTime() - CHECK_EVERY.toNanos();

    Seldom(EventExecutor executor, Connector connector, Link<Nodes> link, Runnable moved, Consumer<Vitals> told) {
        this.executor = executor;
        this.connector = connector;
        this.link = link;
        this.moved = moved;
        this.told = told;
    }

    /** Asks what it is time for; called every second or so. */
    void tend() {
        link.connection().ifPresent(nodes -> {
            long now = System.nanoTime();
            if (now - lookedAt >= LOOK_EVERY.toNanos()) {
                lookedAt = now;
                look(nodes);
            }
            if (now - checkedAt >= CHECK_EVERY.toNanos()) {
                checkedAt = now;
                Unawaited.result(Checkup.of(nodes).thenAcceptAsync(told, executor));
            }
        });
    }

    /** A server that answers may be one that the others have left behind, and keys may have moved without a word. */
    private void look(Nodes nodes) {
        if (connector.follows()) {
            Unawaited.result(connector
                    .elsewhere()
                    .thenAcceptAsync(
                            found -> found.ifPresent(other -> link.drop("the master is now " + other.hostAndPort())),
                            executor));
        }
        Unawaited.result(nodes.refresh().thenAcceptAsync(this::changed, executor));
    }

    private void changed(Nodes.Change change) {
        switch (change) {
            case NONE -> {}
            case SLOTS -> moved.run();
            case NODES -> link.drop("the masters of the cluster have changed");
        }
    }
}
