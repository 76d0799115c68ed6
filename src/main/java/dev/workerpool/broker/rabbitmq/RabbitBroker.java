package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.ShutdownSignalException;
import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.DataSet;
import dev.workerpool.broker.Presented;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.dialling.Patience;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** RabbitMQ by its own client library, on virtual threads: a few for each broker. */
public final class RabbitBroker implements BrokerClient {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<RabbitSession> sessions = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final RandomGenerator random;
    private final AddressGuard guard;

    /** @param guard asked before each connection, whoever named its address */
    public RabbitBroker(Clock clock, RandomGenerator random, AddressGuard guard) {
        this.clock = clock;
        this.random = random;
        this.guard = guard;
    }

    @Override
    public Probe probe(Connection connection, Duration timeout) {
        Connector connector = connector(connection, timeout);
        return within(
                timeout, () -> tried(connector), failure -> connector.failures().explain(failure));
    }

    private static Probe tried(Connector connector) {
        try {
            com.rabbitmq.client.Connection made = connector.connect();
            try {
                Map<String, Object> said = made.getServerProperties();
                return new Probe.Answered(
                        String.valueOf(said.getOrDefault("product", "unknown")),
                        String.valueOf(said.getOrDefault("version", "unknown")),
                        connector.dial().trust().protocol(),
                        connector.dial().trust().chain(),
                        // Its cluster's name is one that others may have, too.
                        DataSet.UNTOLD);
            } finally {
                Connector.end(made);
            }
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            return connector.failures().explain(e);
        }
    }

    @Override
    public Presented present(Connection connection, Duration timeout) {
        Connector connector = connector(connection.asStranger(), timeout);
        return within(
                timeout,
                () -> shown(connector),
                failure -> new Presented.Nothing(connector.failures().explain(failure)));
    }

    /** What was presented, whether or not more came of it: the server may ask for a certificate, too. */
    private static Presented shown(Connector connector) {
        Presented.Nothing nothing;
        try {
            connector.dial().open().close();
            nothing = new Presented.Nothing(new Probe.Failed(
                    Probe.Cause.TlsHandshakeFailed, connector.broker().place() + " speaks no TLS"));
        } catch (IOException e) {
            nothing = new Presented.Nothing(connector.failures().explain(e));
        }
        List<X509Certificate> chain = connector.dial().trust().path();
        return chain.isEmpty() ? nothing : new Presented.Chain(chain);
    }

    /** A name server may take its own time, too. What comes too late ends by itself. */
    private <T> T within(Duration timeout, Supplier<T> attempt, Function<Throwable, T> failed) {
        try {
            return CompletableFuture.supplyAsync(attempt, executor).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return failed.apply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed.apply(e);
        }
    }

    private Connector connector(Connection connection, Duration timeout) {
        // The rest is for taking leave.
        return new Connector(connection, guard, timeout.multipliedBy(3).dividedBy(4), executor);
    }

    @Override
    public Session open(Connection connection, Duration pollInterval, Listener listener) {
        Connector connector = new Connector(connection, guard, Patience.of(pollInterval), executor);
        RabbitSession session = new RabbitSession(connector, clock, random, pollInterval, listener);
        sessions.add(session);
        session.start(() -> sessions.remove(session));
        return session;
    }

    @Override
    public void close() {
        List<RabbitSession> open = List.copyOf(sessions);
        open.forEach(RabbitSession::close);
        CompletableFuture.allOf(open.stream().map(RabbitSession::ended).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 2, TimeUnit.SECONDS)
                .join();
        executor.shutdownNow();
    }
}
