package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.DataSet;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Presented;
import dev.workerpool.broker.Probe;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.operator.Finding.Held;
import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.testing.builders.HandClock;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.Holder;
import dev.workerpool.tls.Validity;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Workers stay on an old server while another is asked for. */
class RenewalsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authority AUTHORITY = FreshKeys.authority("jobs", NOW, Duration.ofDays(1095));
    private static final Authority NEXT = FreshKeys.authority("next", NOW, Duration.ofDays(1095));
    private static final Connection OLD =
            new Connection(new Endpoint("old.example", 6380, 0, true), Optional.empty(), List.of());

    private final HandClock clock = new HandClock(NOW);
    private final Broker broker = aBroker().issuing().build();
    private final List<Connection> tried = new ArrayList<>();
    private final List<Secret> written = new ArrayList<>();
    private boolean takes = true;
    private final Renewals renewals =
            new Renewals(new OneServer(), (of, name) -> Optional.empty(), written::add, clock);
    private final ClientIdentity held = leaf(AUTHORITY);

    @Test
    void another_certificate_is_proven_on_the_server_that_workers_are_on_and_then_recorded() {
        ClientIdentity fresh = leaf(NEXT);
        Finding found = renewed(fresh, NEXT);
        assertEquals(Optional.of(fresh), found.inUse().flatMap(Connection::identity));
        assertEquals("old.example", found.inUse().orElseThrow().endpoint().host());
        BrokerStatus.Proven proven = found.proven().orElseThrow();
        assertEquals(NEXT.sha256(), proven.issuedBy(), "by which pools are issued theirs from now on");
        assertEquals("c", proven.connectionSecret());
        assertEquals(List.of(proven.identitySecret()), names());
    }

    @Test
    void one_that_the_server_refuses_changes_nothing_and_is_tried_twice_a_minute() {
        takes = false;
        ClientIdentity fresh = leaf(AUTHORITY);
        assertEquals(staying().inUse(), renewed(fresh, AUTHORITY).inUse());
        assertEquals(List.of(), written);
        renewed(fresh, AUTHORITY);
        assertEquals(1, tried.size());
        clock.advance(Duration.ofSeconds(30));
        takes = true;
        assertNotEquals(staying().inUse(), renewed(fresh, AUTHORITY).inUse());
    }

    @Test
    void what_is_presented_already_is_not_tried() {
        assertEquals(staying(), renewed(held, AUTHORITY));
        assertEquals(List.of(), tried);
    }

    @Test
    void an_identity_that_all_pools_share_is_left_to_people() {
        Finding shared = new Finding(List.of(), held(null), Optional.empty());
        assertEquals(shared, renewals.on(shared, broker, held(null), presenting(leaf(AUTHORITY), AUTHORITY)));
        assertEquals(List.of(), tried);
    }

    @Test
    void where_another_connection_was_taken_into_use_nothing_is_left_to_be_done() {
        Finding gone = new Finding(
                List.of(),
                new Held(
                        Optional.of(new BrokerStatus.Proven("d", null, "i", AUTHORITY.sha256(), null, null, null, "t")),
                        Optional.of(OLD),
                        null),
                Optional.empty());
        assertEquals(gone, renewals.on(gone, broker, held(AUTHORITY), presenting(leaf(AUTHORITY), AUTHORITY)));
    }

    private Finding renewed(ClientIdentity fresh, Authority by) {
        return renewals.on(staying(), broker, held(AUTHORITY), presenting(fresh, by));
    }

    private Finding staying() {
        return new Finding(List.of(), held(AUTHORITY), Optional.empty());
    }

    private Held held(@Nullable Authority by) {
        Connection connection = OLD.presenting(Optional.of(held));
        String identity = BrokerSecrets.identity(broker, connection, Optional.empty())
                .orElseThrow()
                .getMetadata()
                .getName();
        return new Held(
                Optional.of(new BrokerStatus.Proven(
                        "c", "t", identity, by == null ? null : by.sha256(), null, null, null, "2026-03-01T12:00:00Z")),
                Optional.of(connection),
                null);
    }

    private static Optional<Issued> presenting(ClientIdentity identity, Authority by) {
        return Optional.of(new Issued(identity, by.sha256()));
    }

    private static ClientIdentity leaf(Authority by) {
        return by.issue(Holder.operator("shop", "jobs"), FreshKeys.next(), Validity.starting(NOW, Duration.ofDays(90)));
    }

    private List<String> names() {
        return written.stream().map(secret -> secret.getMetadata().getName()).toList();
    }

    private final class OneServer implements BrokerClient {
        @Override
        public Probe probe(Connection connection, Duration timeout) {
            tried.add(connection);
            return takes
                    ? new Probe.Answered("redis", "7", "", List.of(), DataSet.UNTOLD)
                    : new Probe.Failed(Probe.Cause.ClientCertificateRefused, "refused");
        }

        @Override
        public Presented present(Connection connection, Duration timeout) {
            throw new IllegalStateException("nobody asked for it");
        }

        @Override
        public Session open(Connection connection, Duration pollInterval, Listener listener) {
            throw new IllegalStateException("nobody asked for it");
        }

        @Override
        public void close() {}
    }
}
