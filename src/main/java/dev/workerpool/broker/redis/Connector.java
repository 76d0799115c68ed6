package dev.workerpool.broker.redis;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.ServerCertificate;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.dialling.Presenting;
import dev.workerpool.broker.dialling.Trust;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.AsyncCloseable;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes connections to one broker: verified, logged in, its database selected. Each try ends with its patience. */
final class Connector implements AutoCloseable {
    /** By this name a person finds the operator in CLIENT LIST. */
    private static final String NAME = "workerpool-operator";

    private static final Duration GRACE = Duration.ofMillis(200);

    private final Connection connection;
    private final Duration patience;
    private final Trust trust;
    private final Presenting presenting;
    private final RedisClient client;
    private final RedisClient pushed;
    private final Servers servers;
    private final Masters masters;
    private volatile Endpoint at;

    Connector(ClientResources resources, Connection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
        this.trust = Trust.by(connection.verification());
        this.presenting = new Presenting(connection.identity());
        // AUTH and SELECT instead of HELLO, which servers before Redis 6 and some proxies do not know.
        this.client = client(resources, ProtocolVersion.RESP2);
        this.pushed = client(resources, ProtocolVersion.RESP3);
        this.servers = Servers.of(resources, connection, patience);
        this.masters = new Masters(patience);
        this.at = connection.endpoint();
    }

    Connection connection() {
        return connection;
    }

    /** Where the last try went. */
    Endpoint at() {
        return at;
    }

    Failures failures() {
        return new Failures(this::at, presenting);
    }

    /** Fails where the server at the other end is not, or no longer, the one whose figures count. */
    CompletableFuture<Void> check(Node node) {
        return servers.check(node.connection(), node.at());
    }

    /** Whether the address may become another. */
    boolean follows() {
        return servers instanceof Sentinels;
    }

    /** Another address to connect to than the present one, where there is one by now. */
    CompletableFuture<Optional<Endpoint>> elsewhere() {
        return servers.find().thenApply(found -> Optional.of(found).filter(place -> !place.equals(at)));
    }

    /** The protocol in use, such as TLSv1.3; empty on a plain connection. */
    String tlsProtocol() {
        return connection.endpoint().tls() ? trust.protocol() : "";
    }

    /** By which the server was verified, its own certificate first; empty on a plain connection. */
    List<ServerCertificate> chain() {
        return trust.chain();
    }

    /** What the last server showed that was taken for the right one, or that nobody verified. */
    List<X509Certificate> presented() {
        return trust.path();
    }

    CompletableFuture<Nodes> connect() {
        return connect(client);
    }

    /** One over which the server may also speak unasked (RESP3), where it can; else as {@link #connect}. */
    CompletableFuture<Nodes> connectForPushes() {
        return connect(pushed).exceptionallyCompose(failure -> refuses(failure) ? connect() : failed(failure));
    }

    private CompletableFuture<Nodes> connect(RedisClient by) {
        return connection.topology() instanceof Topology.Cluster
                ? masters.connect(connection.endpoint(), to -> node(by, to))
                : servers.find().thenCompose(found -> node(by, found)).thenApply(Nodes::one);
    }

    private CompletableFuture<Node> node(RedisClient by, Endpoint to) {
        at = to;
        return inTime(by.connectAsync(StringCodec.UTF8, address(to))).thenCompose(made -> {
            // A login that may not name itself may still measure.
            Unawaited.result(made.async().clientSetname(NAME));
            return servers.check(made, to).handle((master, failure) -> new Node(to, checked(made, failure)));
        });
    }

    private static <C extends AsyncCloseable> C checked(C made, @Nullable Throwable failure) {
        if (failure != null) {
            Unawaited.result(made.closeAsync());
            throw failure instanceof CompletionException known ? known : new CompletionException(failure);
        }
        return made;
    }

    private static <T> CompletableFuture<T> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    /** Whether something was said against the way of speaking, and not by the network or for trust's sake. */
    private static boolean refuses(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                return true;
            }
        }
        return false;
    }

    CompletableFuture<Single<StatefulRedisPubSubConnection<String, String>>> connectPubSub() {
        return servers.find()
                .thenCompose(found -> inTime(client.connectPubSubAsync(StringCodec.UTF8, address(found))))
                .thenApply(made -> {
                    Unawaited.result(made.async().clientSetname(NAME));
                    return new Single<>(made);
                });
    }

    /** The client's options promise an end to each try, but a name server or a handshake may take its own time. */
    private <C extends AsyncCloseable> CompletableFuture<C> inTime(CompletionStage<C> attempt) {
        return inTime(attempt, patience);
    }

    static <C extends AsyncCloseable> CompletableFuture<C> inTime(CompletionStage<C> attempt, Duration patience) {
        CompletableFuture<C> made = new CompletableFuture<>();
        made.orTimeout(patience.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        Unawaited.result(attempt.whenComplete((connected, failure) -> {
            if (failure != null) {
                made.completeExceptionally(failure);
            } else if (!made.complete(connected)) {
                Unawaited.result(connected.closeAsync());
            }
        }));
        return made;
    }

    /** Closes what it made, and waits for it no longer than a moment. */
    @Override
    public void close() {
        servers.close();
        client.shutdown(Duration.ZERO, Duration.ofMillis(500));
        pushed.shutdown(Duration.ZERO, Duration.ofMillis(500));
    }

    /** The same without waiting, for threads that may not. */
    CompletableFuture<Void> closeLater() {
        return CompletableFuture.allOf(
                servers.closeLater(),
                client.shutdownAsync(0, 500, TimeUnit.MILLISECONDS),
                pushed.shutdownAsync(0, 500, TimeUnit.MILLISECONDS));
    }

    private RedisClient client(ClientResources resources, ProtocolVersion protocol) {
        RedisClient made = RedisClient.create(resources);
        made.setOptions(Lettuce.options(protocol, trust, presenting, patience));
        return made;
    }

    private RedisURI address(Endpoint endpoint) {
        RedisURI uri = Lettuce.address(endpoint, connection.login(), patience);
        return connection
                .verification()
                .serverName()
                .<RedisURI>map(name -> new Alias(uri, name))
                .orElse(uri);
    }
}
