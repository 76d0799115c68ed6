package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.desired.ClientSecrets;
import dev.workerpool.desired.Labels;
import dev.workerpool.testing.builders.AnIdentity;
import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.testing.builders.HandClock;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.Holder;
import dev.workerpool.tls.Succession;
import dev.workerpool.tls.Validity;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientIdentitiesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIFE = Duration.ofDays(1095);
    private static final Authority OLD = FreshKeys.authority("old", NOW, LIFE);
    private static final Authority NEW = FreshKeys.authority("new", NOW, LIFE);
    private static final Client WEB = new Client("web", null);
    private static final Connection PLAIN =
            new Connection(new Endpoint("redis.example", 6380, 0, true), Optional.empty(), List.of());

    private final HandClock clock = new HandClock(NOW);
    private final ClientIdentities identities =
            new ClientIdentities(new Mint(), (broker, client, by) -> Optional.empty(), clock);
    private final Broker broker = aBroker().issuing().build();

    @Test
    void a_client_is_issued_one_of_its_own_and_keeps_it() {
        ClientIdentity own = own(OLD, OLD, Optional.empty());
        assertTrue(OLD.signed(own.certificate()));
        assertEquals("CN=web", own.subject());
        assertTrue(new Holder("", "spiffe://workerpool.dev/ns/shop/broker/jobs/client/web", Optional.empty())
                .isNamedIn(own.certificate()));
        assertEquals(own, own(OLD, OLD, Optional.of(secret(own))));
    }

    @Test
    void it_is_renewed_in_time_when_people_ask_and_when_another_authority_was_proven() {
        ClientIdentity own = own(OLD, OLD, Optional.empty());
        assertNotEquals(own, own(NEW, NEW, Optional.of(secret(own))));
        Optional<Secret> before = Optional.of(secret(own));
        broker.getMetadata().setAnnotations(Map.of(Labels.ROTATE, "leaf-1"));
        ClientIdentity asked = own(OLD, OLD, before);
        assertNotEquals(own, asked);
        Secret after = ClientSecrets.files(
                broker,
                WEB,
                PLAIN.presenting(Optional.of(asked)),
                Optional.empty(),
                new ClientSecrets.Change(before, NOW));
        assertEquals(asked, own(OLD, OLD, Optional.of(after)), "once");
        clock.advance(Duration.ofDays(61));
        assertNotEquals(asked, own(OLD, OLD, Optional.of(after)));
    }

    @Test
    void while_another_authority_signs_than_was_proven_it_keeps_what_it_has() {
        ClientIdentity own = own(OLD, OLD, Optional.empty());
        assertEquals(own, own(NEW, OLD, Optional.of(secret(own))));
        assertEquals(Optional.empty(), identities.own(broker, WEB, proven(OLD), standing(NEW), Optional.empty()));
        assertEquals(
                Optional.empty(),
                identities.own(broker, WEB, proven(OLD), new Standing.NotAsked(), Optional.empty()),
                "the operator's own is nobody else's");
    }

    @Test
    void the_operators_own_which_it_once_was_given_is_replaced() {
        ClientIdentity operators = proven(OLD).identity().orElseThrow();
        assertNotEquals(operators, own(OLD, OLD, Optional.of(secret(operators))));
    }

    @Test
    void one_that_people_brought_is_given_to_clients_as_it_is() {
        Connection brought = PLAIN.presenting(Optional.of(AnIdentity.named("shop")));
        assertEquals(
                Optional.of(brought), identities.own(broker, WEB, brought, new Standing.NotAsked(), Optional.empty()));
        assertEquals(Optional.of(PLAIN), identities.own(broker, WEB, PLAIN, new Standing.NotAsked(), Optional.empty()));
    }

    private ClientIdentity own(Authority signs, Authority proven, Optional<Secret> live) {
        return identities
                .own(broker, WEB, proven(proven), standing(signs), live)
                .flatMap(Connection::identity)
                .orElseThrow();
    }

    private static Standing standing(Authority signs) {
        return new Standing.Issuing(Succession.of(signs, ""), List.of(), Duration.ofDays(1));
    }

    private static Connection proven(Authority by) {
        return PLAIN.presenting(Optional.of(by.issue(
                Holder.operator("shop", "jobs"), FreshKeys.next(), Validity.starting(NOW, Duration.ofDays(90)))));
    }

    private Secret secret(ClientIdentity identity) {
        return ClientSecrets.files(
                broker,
                WEB,
                PLAIN.presenting(Optional.of(identity)),
                Optional.empty(),
                new ClientSecrets.Change(Optional.empty(), NOW));
    }
}
