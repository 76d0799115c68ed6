package dev.workerpool.broker.redis;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Probe;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries a connection once: reach, trust, login, database, a first command. */
final class Prober {
    private static final int LISTEN_AGAIN = 2;

    private final ClientResources resources;
    private final Connection connection;
    private final Duration timeout;

    Prober(ClientResources resources, Connection connection, Duration timeout) {
        this.resources = resources;
        this.connection = connection;
        this.timeout = timeout;
    }

    Probe probe() {
        // The rest is for a second look, and for Lettuce to clean up after itself.
        Duration patience = timeout.multipliedBy(3).dividedBy(4);
        long until = System.nanoTime() + patience.toNanos();
        Probe probe = attempt(patience);
        // Who says why and hangs up at once is now and then not heard: only a port that always hangs up wants TLS.
        for (int again = 0; again < LISTEN_AGAIN && hungUp(probe); again++) {
            Duration left = Duration.ofNanos(until - System.nanoTime());
            if (left.compareTo(patience.dividedBy(2)) < 0) {
                break; // it took its time to hang up: that was no race
            }
            probe = attempt(left);
        }
        return probe;
    }

    private static boolean hungUp(Probe probe) {
        return probe instanceof Probe.Failed failed && failed.cause() == Probe.Cause.TlsRequired;
    }

    private Probe attempt(Duration patience) {
        try (Connector connector = new Connector(resources, connection, patience)) {
            return attempt(connector, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Probe.Failed(Probe.Cause.Failed, "interrupted before the broker answered");
        }
    }

    private Probe attempt(Connector connector, Duration patience) throws InterruptedException {
        try {
            return connector
                    .connect()
                    .thenCompose(made -> ask(made, connector))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Failures failures = connector.failures();
            Probe.Failed failed = failures.explain(e);
            boolean silent = failed.cause() == Probe.Cause.TimedOut
                    && connection.endpoint().tls();
            return silent && PlainServer.answers(connector.at(), timeout.dividedBy(8))
                    ? failures.speaksNoTls()
                    : failed;
        }
    }

    private static CompletableFuture<Probe> ask(Nodes made, Connector connector) {
        return made.all()
                .getFirst()
                .connection()
                .async()
                .info("server")
                .toCompletableFuture()
                .<Probe>thenApply(info -> ServerInfo.parse(info).answered(connector))
                // A login for measuring need not be allowed INFO; that it refused is an answer too.
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof RedisCommandExecutionException) {
                        return ServerInfo.UNKNOWN.answered(connector);
                    }
                    throw new CompletionException(cause);
                });
    }
}
