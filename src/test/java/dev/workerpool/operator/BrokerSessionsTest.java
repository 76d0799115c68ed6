package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Presented;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Custom;
import dev.workerpool.operator.BrokerSessions.Health;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.testing.builders.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a silent broker wakes, and how often. */
class BrokerSessionsTest {
    private static final BrokerKey JOBS = new BrokerKey("shop", "jobs");
    private static final PoolKey MAIL = new PoolKey("shop", "mail");
    private static final Connection CONNECTION =
            new Connection(new Endpoint("redis.example", 6379, 0, false), Optional.empty(), List.of());

    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Optional<BrokerClient.Listener> listener = Optional.empty();
    private final List<BrokerKey> woken = new ArrayList<>();
    private final BrokerSessions sessions = new BrokerSessions(
            new OneSession(), (pool, measurement) -> BrokerClient.Interest.READINGS, woken::add, clock);

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void it_is_told_once_and_its_other_why_only_when_that_has_lasted() {
        measure();
        silent("the connection was lost");
        silent("the connection was lost");
        assertEquals(1, woken.size());
        clock.advance(Duration.ofSeconds(4));
        silent("it is at 127.0.0.3, which is loopback");
        assertEquals(1, woken.size());
        clock.advance(Duration.ofSeconds(1));
        silent("it is at 127.0.0.3, which is loopback");
        assertEquals(2, woken.size());
        assertEquals(new Health.Silent("it is at 127.0.0.3, which is loopback"), sessions.health(JOBS, CONNECTION));
        clock.advance(Duration.ofSeconds(60));
        silent("it is at 127.0.0.3, which is loopback");
        assertEquals(2, woken.size());
    }

    @Test
    void one_that_is_silent_for_ever_new_reasons_costs_a_write_each_five_seconds_at_most() {
        measure();
        for (int i = 0; i < 200; i++) {
            silent(i % 2 == 0 ? "one" : "other");
            clock.advance(Duration.ofMillis(300));
        }
        assertEquals(12, woken.size());
    }

    @Test
    void nothing_is_kept_of_a_pool_that_has_gone_though_it_was_read_just_before() {
        measure();
        silent("one");
        assertEquals(Set.of(MAIL), sessions.seen(JOBS).byPool().keySet());
        sessions.forget(MAIL);
        silent("one");
        assertEquals(Set.of(), sessions.seen(JOBS).byPool().keySet());
    }

    private void measure() {
        sessions.measure(MAIL, JOBS, new Query(new Custom(List.of(), List.of()), List.of("mail"), Duration.ZERO));
        sessions.open(JOBS, CONNECTION, Duration.ofSeconds(1));
    }

    private void silent(String why) {
        listener.orElseThrow().measured(MAIL, new Measurement.Unavailable(clock.instant(), why));
    }

    private final class OneSession implements BrokerClient {
        @Override
        public Probe probe(Connection connection, Duration timeout) {
            throw new IllegalStateException("nobody asked for it");
        }

        @Override
        public Presented present(Connection connection, Duration timeout) {
            throw new IllegalStateException("nobody asked for it");
        }

        @Override
        public Session open(Connection connection, Duration pollInterval, Listener told) {
            listener = Optional.of(told);
            return new Session() {
                @Override
                public void measure(Map<PoolKey, Query> pools) {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }
}
