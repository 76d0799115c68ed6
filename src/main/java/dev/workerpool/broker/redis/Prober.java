package dev.workerpool.broker.redis;

import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Presented;
import dev.workerpool.broker.Probe;
import io.lettuce.core.resource.ClientResources;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries a connection once: reach, trust, login, database, a first command. */
final class Prober {
    private static final int LISTEN_AGAIN = 4;

    private final ClientResources resources;
    private final Connection connection;
    private final Duration timeout;
    private final AddressGuard guard;

    Prober(ClientResources resources, Connection connection, Duration timeout, AddressGuard guard) {
        this.resources = resources;
        this.guard = guard;
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

    /** What was presented, whether or not more came of it: a server may want a login before it says a word. */
    Presented present() {
        try (Connector connector = new Connector(resources, connection, timeout)) {
            Probe probe = attempt(connector, timeout);
            List<X509Certificate> shown = connector.presented();
            if (!shown.isEmpty()) {
                return new Presented.Chain(shown);
            }
            return new Presented.Nothing(
                    probe instanceof Probe.Failed failed
                            ? failed
                            : new Probe.Failed(
                                    Probe.Cause.TlsHandshakeFailed,
                                    connector.at().hostAndPort() + " speaks no TLS"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Presented.Nothing(
                    new Probe.Failed(Probe.Cause.Failed, "interrupted before the broker answered"));
        }
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
            return silent && PlainServer.answers(connector.at(), guard, timeout.dividedBy(8))
                    ? failures.speaksNoTls()
                    : failed;
        }
    }

    private static CompletableFuture<Probe> ask(Nodes made, Connector connector) {
        return made.all().stream()
                .map(Prober::ask)
                .reduce((one, other) -> one.thenCombine(other, ServerInfo::and))
                .orElseThrow()
                .thenApply(info -> info.answered(connector));
    }

    private static CompletableFuture<ServerInfo> ask(Node node) {
        return info(node, "server").thenCombine(info(node, "replication"), ServerInfo::parse);
    }

    /** A login for measuring need not be allowed INFO; that it refused is an answer too. */
    private static CompletableFuture<String> info(Node node, String section) {
        return Checkup.unlessDenied(node.connection().async().info(section)).thenApply(text -> text.orElse(""));
    }
}
