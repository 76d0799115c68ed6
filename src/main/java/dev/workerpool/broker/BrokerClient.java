package dev.workerpool.broker;

import dev.workerpool.scaling.Measurement;
import java.time.Duration;
import java.util.Map;

/** The port to a kind of broker: tries connections, and opens sessions that measure. */
public interface BrokerClient extends AutoCloseable {

    /** Connects once, logs in, asks who is there, and leaves. Takes at most {@code timeout}; never throws for a broker's fault. */
    Probe probe(Connection connection, Duration timeout);

    /** Opens a session. It connects by itself, and again whenever the connection is lost. */
    Session open(Connection connection, Duration pollInterval, Listener listener);

    @Override
    void close();

    /** One connection (and one for pub/sub, where a framework needs it), however many pools it measures. */
    interface Session extends AutoCloseable {

        /** Replaces what is measured; new pools are read at once. */
        void measure(Map<PoolKey, Query> pools);

        @Override
        void close();
    }

    /** Told of each measurement, in any thread, never concurrently for one session; must return fast. */
    @FunctionalInterface
    interface Listener {
        void measured(PoolKey pool, Measurement measurement);
    }
}
