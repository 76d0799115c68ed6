package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.operator.ConnectionSource.Resolution;
import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.Holder;
import dev.workerpool.tls.KeyAlgorithm;
import dev.workerpool.tls.Validity;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IssuingTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authority AUTHORITY = FreshKeys.authority("jobs", NOW, Duration.ofDays(1095));
    private static final ClientIdentity LEAF = AUTHORITY.issue(
            Holder.operator("shop", "jobs"), FreshKeys.next(), Validity.starting(NOW, Duration.ofDays(90)));
    private static final Connection ASKED =
            new Connection(new Endpoint("redis.example", 6380, 0, true), Optional.empty(), List.of());

    @Test
    void what_nobody_is_known_to_have_issued_is_not_presented() {
        var standing = new Standing.Delivered(
                LEAF, Optional.empty(), "Stable", Optional.empty(), List.of(), Optional.empty(), Duration.ZERO);
        Resolution asked = new Resolution.Resolved(ASKED);
        assertInstanceOf(Resolution.Unresolved.class, Issuing.presenting(asked, standing, Optional.empty()));
        assertEquals(
                new Resolution.Resolved(ASKED.presenting(Optional.of(LEAF))),
                Issuing.presenting(asked, standing, Optional.of(new Issued(LEAF, "it"))));
    }

    @Test
    void what_a_person_renames_or_deletes_is_noticed_though_nobody_tells() {
        assertEquals(
                Optional.of(Duration.ofMinutes(1)),
                ClientAuthorities.nameTaken("jobs-client-ca").lookAgain());
    }

    @Test
    void an_authority_that_was_renewed_with_its_key_is_recorded_with_what_it_signed_before() {
        Connection connection = ASKED.presenting(Optional.of(LEAF));
        BrokerStatus.Proven proven = new BrokerStatus.Proven(
                name(BrokerSecrets.connection(aBroker().issuing().build(), connection)),
                name(BrokerSecrets.trust(aBroker().issuing().build(), connection, Optional.empty())
                        .orElseThrow()),
                name(BrokerSecrets.identity(aBroker().issuing().build(), connection, Optional.empty())
                        .orElseThrow()),
                "former",
                null,
                null,
                null,
                "2026-03-01T12:00:00Z");
        Broker broker = aBroker().issuing().proven(proven).build();
        Wanted wanted = Wanted.of(broker, new Wanted.Offered(connection, Optional.empty()), name -> true);
        assertTrue(wanted.isProven());
        assertEquals(
                Optional.of("renewed"),
                wanted.issuedBy(Optional.of("renewed")).kept().map(BrokerStatus.Proven::issuedBy));
        assertEquals(Optional.of(proven), wanted.issuedBy(Optional.empty()).kept());
    }

    @Test
    void another_is_due_at_once_where_keys_are_to_be_of_another_kind() {
        IssuerTerms terms = IssuerTerms.of(aBroker().issuing().build()).orElseThrow();
        assertFalse(terms.isDue(LEAF.certificate(), "", AUTHORITY, NOW));
        var rsa = new IssuerTerms(terms.issuer(), terms.leaf(), KeyAlgorithm.RSA, terms.life(), "");
        assertTrue(rsa.isDue(LEAF.certificate(), "", AUTHORITY, NOW));
    }

    private static String name(Secret secret) {
        return secret.getMetadata().getName();
    }
}
