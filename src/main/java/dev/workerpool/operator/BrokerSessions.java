package dev.workerpool.operator;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.BrokerClient.Interest;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.broker.Vitals;
import dev.workerpool.scaling.Measurement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One session a Broker, however many pools refer to it, opened with what was proven. Only reconcilers open sessions,
 * so a standby has none.
 */
final class BrokerSessions implements AutoCloseable {
    /** Many pools that appear at once are told to a session together. */
    private static final Duration GATHER = Duration.ofMillis(20);

    /** A broker that does not answer for one reason and then for another costs a write so often at most. */
    private static final Duration ANOTHER_WHY_EVERY = Duration.ofSeconds(5);

    private final BrokerClient client;
    private final BrokerClient.Listener listener;
    private final Consumer<BrokerKey> healthChanged;
    private final Clock clock;
    private final Map<BrokerKey, Measuring> byBroker = new ConcurrentHashMap<>();
    private final Map<PoolKey, BrokerKey> brokerOf = new ConcurrentHashMap<>();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("broker-sessions").factory());

    BrokerSessions(
            BrokerClient client, BrokerClient.Listener listener, Consumer<BrokerKey> healthChanged, Clock clock) {
        this.client = client;
        this.listener = listener;
        this.healthChanged = healthChanged;
        this.clock = clock;
    }

    /** What one session was opened with. */
    private record Opened(Connection connection, Duration pollInterval, BrokerClient.Session session) {}

    /** A Broker's pools, and its session once it has one. */
    private final class Measuring implements BrokerClient.Listener {
        private final BrokerKey broker;
        private final Map<PoolKey, Query> pools = new HashMap<>();
        private Optional<Opened> opened = Optional.empty();
        private Health health = new Health.NotSeen();
        private Optional<BrokerClient.Measuring> how = Optional.empty();
        private Optional<Vitals> vitals = Optional.empty();
        private Instant lastSilent = Instant.EPOCH;
        private Health told = new Health.NotSeen();
        private Instant toldAt = Instant.EPOCH;
        private Optional<Future<?>> telling = Optional.empty();
        private final Readings readings = new Readings();

        Measuring(BrokerKey broker) {
            this.broker = broker;
        }

        synchronized void open(Connection connection, Duration pollInterval) {
            if (opened.filter(now -> now.connection().equals(connection)
                            && now.pollInterval().equals(pollInterval))
                    .isPresent()) {
                return;
            }
            close();
            var session = client.open(connection, pollInterval, this);
            opened = Optional.of(new Opened(connection, pollInterval, session));
            session.measure(Map.copyOf(pools));
        }

        synchronized void put(PoolKey pool, Query query) {
            if (!query.equals(pools.put(pool, query))) {
                tellSoon();
            }
        }

        synchronized void remove(PoolKey pool) {
            if (pools.remove(pool) != null) {
                readings.keep(pools.keySet());
                tellSoon();
            }
        }

        private void tellSoon() {
            if (telling.isEmpty()) {
                telling = Optional.of(later.schedule(this::tell, GATHER.toMillis(), TimeUnit.MILLISECONDS));
            }
        }

        private synchronized void tell() {
            telling = Optional.empty();
            opened.ifPresent(now -> now.session().measure(Map.copyOf(pools)));
        }

        @Override
        public Interest measured(PoolKey pool, Measurement measurement) {
            noteHealth(measurement);
            Interest interest = listener.measured(pool, measurement);
            note(pool, measurement);
            return interest;
        }

        /** One that has gone may have been read just before. */
        private synchronized void note(PoolKey pool, Measurement measurement) {
            if (pools.containsKey(pool)) {
                readings.note(pool, measurement);
            }
        }

        @Override
        public void measuring(BrokerClient.Measuring now) {
            synchronized (this) {
                how = Optional.of(now);
            }
            healthChanged.accept(broker);
        }

        @Override
        public void vitals(Vitals now) {
            boolean news;
            synchronized (this) {
                news = vitals.map(now::differsFrom).orElse(true);
                vitals = news ? Optional.of(now) : vitals;
            }
            if (news) {
                healthChanged.accept(broker);
            }
        }

        synchronized Optional<Vitals> vitals() {
            return vitals;
        }

        synchronized Optional<BrokerClient.Measuring> how() {
            return how;
        }

        private void noteHealth(Measurement measurement) {
            boolean news;
            synchronized (this) {
                Health now = health(measurement);
                news = !health.getClass().equals(now.getClass()) || saysAnotherWhy(now);
                health = now;
                if (news) {
                    told = now;
                    toldAt = clock.instant();
                }
            }
            if (news) {
                healthChanged.accept(broker);
            }
        }

        /** Why a connection was lost seldom says why there is no other. */
        private boolean saysAnotherWhy(Health now) {
            return now instanceof Health.Silent
                    && !now.equals(told)
                    && !clock.instant().isBefore(toldAt.plus(ANOTHER_WHY_EVERY));
        }

        private synchronized Health health(Measurement measurement) {
            if (measurement instanceof Measurement.Unavailable unavailable) {
                lastSilent = clock.instant();
                return new Health.Silent(unavailable.why());
            }
            return new Health.Answers(lastSilent);
        }

        synchronized Health health(Connection connection) {
            boolean measured = !pools.isEmpty()
                    && opened.filter(now -> now.connection().equals(connection)).isPresent();
            return measured ? health : new Health.NotSeen();
        }

        void closeForGood() {
            Set<PoolKey> told;
            synchronized (this) {
                told = opened.isPresent() ? Set.copyOf(pools.keySet()) : Set.of();
                close();
            }
            var gone = new Measurement.Unavailable(clock.instant(), "there is no connection to measure with");
            told.forEach(pool -> listener.measured(pool, gone));
        }

        synchronized void close() {
            opened.ifPresent(now -> now.session().close());
            opened = Optional.empty();
            health = new Health.NotSeen();
            how = Optional.empty();
            vitals = Optional.empty();
            readings.clear();
        }

        synchronized Map<PoolKey, Query> queries() {
            return Map.copyOf(pools);
        }
    }

    /** Opens, or opens anew where the connection or the interval is another than before. */
    void open(BrokerKey broker, Connection connection, Duration pollInterval) {
        of(broker).open(connection, pollInterval);
    }

    /** The Broker is gone, or nothing of it was ever proven: what was measured last must not be acted on any more. */
    void close(BrokerKey broker) {
        Optional.ofNullable(byBroker.get(broker)).ifPresent(Measuring::closeForGood);
    }

    /** Measures this pool at this Broker, and no longer at another. */
    void measure(PoolKey pool, BrokerKey broker, Query query) {
        BrokerKey before = brokerOf.put(pool, broker);
        if (before != null && !before.equals(broker)) {
            of(before).remove(pool);
        }
        of(broker).put(pool, query);
    }

    void forget(PoolKey pool) {
        Optional.ofNullable(brokerOf.remove(pool))
                .ifPresent(broker -> of(broker).remove(pool));
    }

    /** How changes become known there; empty where that is not known yet. */
    Optional<BrokerClient.Measuring> measuring(BrokerKey broker) {
        return of(broker).how();
    }

    /** What the Broker last said of itself that was news; empty where it has not been asked yet. */
    Optional<Vitals> vitals(BrokerKey broker) {
        return of(broker).vitals();
    }

    /** What is known of the Broker's health from measuring it with this connection. */
    Health health(BrokerKey broker, Connection connection) {
        return of(broker).health(connection);
    }

    /** What is asked there for each pool. */
    Map<PoolKey, Query> queries(BrokerKey broker) {
        return of(broker).queries();
    }

    /** What was read since the session was opened. */
    Readings.Seen seen(BrokerKey broker) {
        return of(broker).readings.seen();
    }

    /** Whether a session answers. */
    sealed interface Health {
        /** Nothing was measured with this connection, or no pool is there to measure. */
        record NotSeen() implements Health {}

        /**
         * It does.
         *
         * @param lastSilent when it did not; long ago where it always did
         */
        record Answers(Instant lastSilent) implements Health {}

        /** A sentence for people. */
        record Silent(String why) implements Health {}
    }

    /** Ends all sessions; what is measured later, when leading again, is asked for anew. */
    void rest() {
        byBroker.values().forEach(Measuring::close);
        byBroker.clear();
        brokerOf.clear();
    }

    private Measuring of(BrokerKey broker) {
        return byBroker.computeIfAbsent(broker, Measuring::new);
    }

    @Override
    public void close() {
        later.shutdownNow();
        byBroker.values().forEach(Measuring::close);
        client.close();
    }
}
