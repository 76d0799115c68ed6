package dev.workerpool.operator;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.DataSet;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Presented;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Query;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Servers that answer as a test says. */
final class PlayedServers implements BrokerClient {
    /** What each says of its data; who is not among them does not answer. */
    final Map<Connection, DataSet> data;

    /** To which somebody is connected. */
    final Set<Connection> open = new HashSet<>();

    private final Map<Connection, Listener> listeners = new HashMap<>();

    PlayedServers(Map<Connection, DataSet> data) {
        this.data = new HashMap<>(data);
    }

    Listener listener(Connection connection) {
        return Objects.requireNonNull(listeners.get(connection));
    }

    @Override
    public Probe probe(Connection connection, Duration timeout) {
        return Optional.ofNullable(data.get(connection))
                .<Probe>map(known -> new Probe.Answered("redis", "7", "", List.of(), known))
                .orElseGet(() -> new Probe.Failed(Probe.Cause.ConnectionRefused, "refused"));
    }

    @Override
    public Presented present(Connection connection, Duration timeout) {
        throw new IllegalStateException("nobody asked for it");
    }

    @Override
    public Session open(Connection connection, Duration pollInterval, Listener listener) {
        listeners.put(connection, listener);
        open.add(connection);
        return new Session() {
            @Override
            public void measure(Map<PoolKey, Query> wanted) {}

            @Override
            public void close() {
                open.remove(connection);
            }
        };
    }

    @Override
    public void close() {}
}
