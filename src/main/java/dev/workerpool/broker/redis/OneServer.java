package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CompletableFuture;

/** Always the same address, and whoever answers there counts. */
record OneServer(Endpoint endpoint) implements Servers {

    @Override
    public CompletableFuture<Endpoint> find() {
        return CompletableFuture.completedFuture(endpoint);
    }

    @Override
    public CompletableFuture<Void> check(StatefulRedisConnection<String, String> made, Endpoint at) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}

    @Override
    public CompletableFuture<Void> closeLater() {
        return CompletableFuture.completedFuture(null);
    }
}
