package dev.workerpool.broker.redis;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Topology;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Which server a connection is to be made to. */
sealed interface Servers extends AutoCloseable permits OneServer, Sentinels {

    static Servers of(ClientResources resources, Connection connection, Duration patience) {
        return switch (connection.topology()) {
            case Topology.Standalone one -> new OneServer(connection.endpoint());
            case Topology.Cluster cluster -> new OneServer(connection.endpoint());
            case Topology.Sentinel sentinel -> new Sentinels(resources, connection, sentinel, patience);
        };
    }

    /** Fails with the cause for people, where there is none. */
    CompletableFuture<Endpoint> find();

    /** Asks the server at the other end whether it is the one whose figures count; fails where it is not. */
    CompletableFuture<Void> check(StatefulRedisConnection<String, String> made, Endpoint at);

    @Override
    void close();

    /** The same without waiting. */
    CompletableFuture<Void> closeLater();
}
