package dev.workerpool.operator;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.BrokerClient.Interest;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.scaling.Measurement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A second session of a Broker that moves: reads the queues of its pools on the server that its workers are not on. */
final class SideSessions implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final BrokerClient client;
    private final Consumer<BrokerKey> news;
    private final Map<BrokerKey, Side> byBroker = new ConcurrentHashMap<>();

    /** @param news told when jobs appear there, or it falls silent or answers again */
    SideSessions(BrokerClient client, Consumer<BrokerKey> news) {
        this.client = client;
        this.news = news;
    }

    private final class Side implements BrokerClient.Listener {
        private final BrokerKey broker;
        private final Connection connection;
        private final BrokerClient.Session session;
        private final Readings readings = new Readings();
        private Map<PoolKey, Query> asked;

        Side(BrokerKey broker, Connection connection, Map<PoolKey, Query> queries) {
            this.broker = broker;
            this.connection = connection;
            this.asked = queries;
            this.session = client.open(connection, EVERY, this);
            session.measure(queries);
        }

        synchronized void ask(Map<PoolKey, Query> queries) {
            if (!queries.equals(asked)) {
                asked = queries;
                readings.keep(queries.keySet());
                session.measure(queries);
            }
        }

        /** One that has gone may have been read just before. */
        private synchronized void note(PoolKey pool, Measurement measurement) {
            if (asked.containsKey(pool)) {
                readings.note(pool, measurement);
            }
        }

        @Override
        public Interest measured(PoolKey pool, Measurement measurement) {
            boolean was = readings.isQuiet();
            note(pool, measurement);
            if (was != readings.isQuiet()) {
                news.accept(broker);
            }
            return Interest.READINGS;
        }
    }

    /** What is read there; opens a session where there is none with this connection. */
    Readings.Seen look(BrokerKey broker, Connection connection, Map<PoolKey, Query> queries) {
        Side side = byBroker.compute(broker, (key, open) -> {
            if (open != null && open.connection.equals(connection)) {
                return open;
            }
            end(open);
            return new Side(broker, connection, queries);
        });
        side.ask(queries);
        return side.readings.seen();
    }

    void close(BrokerKey broker) {
        end(byBroker.remove(broker));
    }

    private static void end(@Nullable Side side) {
        if (side != null) {
            side.session.close();
        }
    }

    @Override
    public void close() {
        byBroker.keySet().forEach(this::close);
    }
}
