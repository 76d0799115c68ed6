package dev.workerpool.broker.redis;

import dev.workerpool.broker.Vitals;
import dev.workerpool.broker.Vitals.Clients;
import dev.workerpool.broker.Vitals.Memory;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks a server how it is: by INFO, and by CONFIG before Redis 7 told its maxclients in INFO. */
final class Checkup {
    private static final String MAX_CLIENTS = "maxclients";
    private static final String DENIED = "the login lacks the permission for INFO";
    private static final String SILENT = "the server's INFO does not say it";

    private final StatefulRedisConnection<String, String> connection;

    private Checkup(StatefulRedisConnection<String, String> connection) {
        this.connection = connection;
    }

    /** The worst of all servers; fails only with a connection. */
    static CompletableFuture<Vitals> of(Nodes nodes) {
        return nodes.all().stream()
                .map(node -> new Checkup(node.connection()).ask())
                .reduce((one, other) -> one.thenCombine(other, Vitals::worse))
                .orElseThrow();
    }

    private CompletableFuture<Vitals> ask() {
        CompletableFuture<Optional<Map<String, String>>> memory = info("memory");
        CompletableFuture<Clients> clients = info("clients").thenCompose(this::clients);
        connection.flushCommands();
        return memory.thenApply(Checkup::memory).thenCombine(clients, Vitals::new);
    }

    private CompletableFuture<Optional<Map<String, String>>> info(String section) {
        return unlessDenied(connection.async().info(section)).thenApply(text -> text.map(ServerInfo::fields));
    }

    private static Memory memory(Optional<Map<String, String>> info) {
        if (info.isEmpty()) {
            return new Memory.Untold(DENIED);
        }
        String policy = info.get().get("maxmemory_policy");
        // Who names a policy but no limit keeps it to himself, as some hosted brokers do: there is one then.
        long limit = number(info.get().get("maxmemory")).orElse(Long.MAX_VALUE);
        return policy == null ? new Memory.Untold(SILENT) : new Memory.Limited(policy, limit);
    }

    private CompletableFuture<Clients> clients(Optional<Map<String, String>> info) {
        if (info.isEmpty()) {
            return CompletableFuture.completedFuture(new Clients.Untold(DENIED));
        }
        Optional<Long> connected = number(info.get().get("connected_clients"));
        Optional<Long> most = number(info.get().get(MAX_CLIENTS));
        if (connected.isEmpty() || most.isPresent()) {
            return CompletableFuture.completedFuture(clients(connected, most));
        }
        CompletableFuture<Optional<Map<String, String>>> asked =
                unlessDenied(connection.async().configGet(MAX_CLIENTS));
        connection.flushCommands();
        return asked.thenApply(config -> clients(connected, config.flatMap(all -> number(all.get(MAX_CLIENTS)))));
    }

    private static Clients clients(Optional<Long> connected, Optional<Long> most) {
        return connected
                .flatMap(count ->
                        most.filter(bound -> bound > 0).<Clients>map(bound -> new Clients.Counted(count, bound)))
                .orElseGet(() -> new Clients.Untold(SILENT));
    }

    private static Optional<Long> number(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(digits -> digits.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    /** Empty where the server refuses the command. */
    static <T> CompletableFuture<Optional<T>> unlessDenied(CompletionStage<T> answer) {
        return answer.toCompletableFuture().thenApply(Optional::of).exceptionally(failure -> {
            Throwable cause = Failures.cause(failure);
            if (cause instanceof RedisCommandExecutionException) {
                return Optional.empty();
            }
            throw new CompletionException(cause);
        });
    }
}
