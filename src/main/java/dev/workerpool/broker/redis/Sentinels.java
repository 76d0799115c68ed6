package dev.workerpool.broker.redis;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.broker.dialling.Presenting;
import dev.workerpool.broker.dialling.Trust;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.lettuce.core.sentinel.api.async.RedisSentinelAsyncCommands;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the sentinels which server is the master now, on a connection to each that is closed again. */
final class Sentinels implements Servers {
    private final Endpoint server;
    private final Topology.Sentinel topology;
    private final Duration patience;
    private final RedisClient client;
    private final Presenting presenting;
    private final Role role = new Role();

    /** Presents to them what it presents to the servers: who asks for a client certificate has both ask for it. */
    Sentinels(ClientResources resources, Connection connection, Topology.Sentinel topology, Duration patience) {
        this.server = connection.endpoint();
        this.topology = topology;
        this.presenting = new Presenting(connection.identity());
        // The server itself wants its time, too, and a sentinel has nothing else to do.
        this.patience = patience.dividedBy(2);
        this.client = RedisClient.create(resources);
        client.setOptions(Lettuce.options(
                ProtocolVersion.RESP2, Trust.by(Verification.full(topology.roots())), presenting, this.patience));
    }

    @Override
    public CompletableFuture<Endpoint> find() {
        Votes votes = new Votes(topology.master(), topology.at().size());
        topology.at()
                .forEach(sentinel -> Unawaited.result(ask(sentinel).handle((vote, failure) -> {
                    votes.add(vote != null ? vote : refusal(sentinel, failure));
                    return null;
                })));
        return votes.outcome();
    }

    private CompletableFuture<Votes.Vote> ask(Endpoint sentinel) {
        return Connector.inTime(
                        client.connectSentinelAsync(
                                StringCodec.UTF8, Lettuce.address(sentinel, topology.login(), patience)),
                        patience)
                .thenCompose(made -> ask(made)
                        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((vote, failure) -> Unawaited.result(made.closeAsync())));
    }

    private CompletableFuture<Votes.Vote> ask(StatefulRedisSentinelConnection<String, String> made) {
        RedisSentinelAsyncCommands<String, String> commands = made.async();
        CompletableFuture<SocketAddress> address =
                commands.getMasterAddrByName(topology.master()).toCompletableFuture();
        CompletableFuture<Long> epoch = commands.master(topology.master())
                .toCompletableFuture()
                .thenApply(Sentinels::epoch)
                .exceptionally(refused -> 0L);
        return address.thenCombine(epoch, this::vote);
    }

    private static long epoch(Map<String, String> master) {
        return Long.parseLong(master.getOrDefault("config-epoch", "0"));
    }

    private Votes.Vote vote(@Nullable SocketAddress address, long epoch) {
        return address instanceof InetSocketAddress known
                ? new Votes.Vote.For(server.moved(known.getHostString(), known.getPort()), epoch)
                : new Votes.Vote.Unknown();
    }

    private Votes.Vote refusal(Endpoint sentinel, @Nullable Throwable failure) {
        if (isNoSuchCommand(failure)) {
            return new Votes.Vote.Refusal(new Probe.Failed(
                    Cause.SentinelsUnreachable, "what listens on " + sentinel.hostAndPort() + " is no sentinel"));
        }
        Probe.Failed failed = new Failures(() -> sentinel, presenting)
                .explain(failure == null ? new IllegalStateException("no answer") : failure);
        Cause cause = switch (failed.cause()) {
            case LoginRefused, LoginRequired -> Cause.SentinelLoginRefused;
            case AddressNotAllowed -> failed.cause();
            default -> Probe.concernsTrust(failed.cause()) ? failed.cause() : Cause.SentinelsUnreachable;
        };
        return new Votes.Vote.Refusal(new Probe.Failed(cause, failed.message()));
    }

    private static boolean isNoSuchCommand(@Nullable Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return cause instanceof RedisCommandExecutionException
                && String.valueOf(cause.getMessage()).startsWith("ERR unknown command");
    }

    @Override
    public CompletableFuture<Void> check(StatefulRedisConnection<String, String> made, Endpoint at) {
        return role.check(made, at);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofMillis(500));
    }

    @Override
    public CompletableFuture<Void> closeLater() {
        return client.shutdownAsync(0, 500, TimeUnit.MILLISECONDS);
    }
}
