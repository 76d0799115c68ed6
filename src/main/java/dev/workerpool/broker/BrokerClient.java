package dev.workerpool.broker;

import dev.workerpool.scaling.Measurement;
import java.time.Duration;
import java.util.Map;

/** The port to a kind of broker: tries connections, and opens sessions that measure. */
public interface BrokerClient extends AutoCloseable {

    /** Connects once, logs in, asks who is there, and leaves. Takes at most {@code timeout}; never throws for a broker's fault. */
    Probe probe(Connection connection, Duration timeout);

    /**
     * The certificates that the server presents now. Verifies nothing and says nothing secret: no login is given. Takes at most
     * {@code timeout}; never throws for a broker's fault.
     */
    Presented present(Connection connection, Duration timeout);

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
        Interest measured(PoolKey pool, Measurement measurement);

        /** How changes of queues become known from now on. */
        default void measuring(Measuring how) {}

        /** What the broker says of itself, once a minute or so. */
        default void vitals(Vitals now) {}
    }

    /** What a pool still wants to know. */
    enum Interest {
        /** Readings at each interval: its workers are watched, or something may soon be lowered. */
        READINGS,
        /** Changes alone: nothing is there, and nothing but new jobs could lead to another size. */
        CHANGES
    }

    /** How changes of queues become known. */
    sealed interface Measuring {
        /** The broker tells of them at once. */
        record Push() implements Measuring {}

        /** The queues are read at each interval; {@code why} is a sentence for people. */
        record Poll(String why) implements Measuring {}
    }
}
