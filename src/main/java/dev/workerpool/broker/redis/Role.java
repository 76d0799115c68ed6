package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe.Cause;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server is a master: by ROLE, else by INFO, as the login may. Who may ask neither believes the sentinels. A server
 * that was a master goes on answering readings as a replica, of what it knew or is still to be told.
 */
final class Role {
    private enum Way {
        ROLE,
        INFO,
        NONE
    }

    private volatile Way way = Way.ROLE;

    /** Sends at once, with whatever is not flushed yet before it. */
    CompletableFuture<Void> check(StatefulRedisConnection<String, String> made, Endpoint at) {
        Way by = way;
        CompletableFuture<Boolean> asked = switch (by) {
            case ROLE -> made.async().role().toCompletableFuture().thenApply(Role::isMaster);
            case INFO -> made.async().info("replication").toCompletableFuture().thenApply(Role::isMaster);
            case NONE -> CompletableFuture.completedFuture(true);
        };
        made.flushCommands();
        return asked.handle((master, failure) -> answered(by, master, failure)).thenCompose(answer -> switch (answer) {
            case MASTER -> CompletableFuture.completedFuture(null);
            case OTHER ->
                CompletableFuture.failedFuture(
                        new NoMaster(Cause.NotMaster, at.hostAndPort() + " is not the master, or no longer"));
            case REFUSED -> check(made, at);
        });
    }

    private enum Answer {
        MASTER,
        OTHER,
        REFUSED
    }

    private Answer answered(Way by, @Nullable Boolean master, @Nullable Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof RedisCommandExecutionException) {
            way = by == Way.ROLE ? Way.INFO : Way.NONE;
            return Answer.REFUSED;
        }
        if (cause != null) {
            throw new CompletionException(cause);
        }
        return Boolean.TRUE.equals(master) ? Answer.MASTER : Answer.OTHER;
    }

    private static boolean isMaster(List<Object> role) {
        return !role.isEmpty() && "master".equals(role.getFirst());
    }

    private static boolean isMaster(String info) {
        return info.lines().anyMatch("role:master"::equals);
    }
}
