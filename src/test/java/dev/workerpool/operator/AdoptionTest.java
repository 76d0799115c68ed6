package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.ClientIssuer;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.desired.AuthoritySecret;
import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.Succession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdoptionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authority KNOWN = FreshKeys.authority("known", NOW, Duration.ofDays(365));
    private static final Authority OTHER = FreshKeys.authority("other", NOW, Duration.ofDays(365));
    private static final Origin UNUSABLE = new Origin.Unusable("SecretNotFound", "there is no Secret corp");

    private final Broker broker = aBroker()
            .issuing(new ClientIssuer(null, new ObjectRef("corp"), null))
            .build();

    @Test
    void one_that_was_recorded_stays_in_use_while_what_is_given_cannot_be_used() {
        recorded(KNOWN);
        assertEquals(Optional.empty(), doubt(UNUSABLE, KNOWN));
        assertEquals(Optional.of(KNOWN), UNUSABLE.given(KNOWN), "as if it were given");
    }

    @Test
    void one_that_people_give_is_taken_wherever_it_is_found() {
        recorded(KNOWN);
        assertEquals(Optional.empty(), doubt(new Origin.Given(OTHER), OTHER));
    }

    @Test
    void one_that_nobody_gave_signs_nobody() {
        recorded(KNOWN);
        Standing.Refused refused = doubt(new Origin.Given(KNOWN), OTHER).orElseThrow();
        assertEquals("AuthorityChanged", refused.reason());
        assertTrue(refused.message().endsWith("what is given in tls.clientCertificates.issuer.secretRef is used"));
    }

    private void recorded(Authority authority) {
        var shown = new BrokerStatus.ClientAuthority(
                authority.sha256(), authority.notAfter().toString(), "Stable", null, null, null);
        broker.setStatus(new BrokerStatus(null, null, null, null, null, null, null, shown, null, null, null));
    }

    private Optional<Standing.Refused> doubt(Origin origin, Authority found) {
        return Adoption.doubt(
                broker,
                IssuerTerms.of(broker).orElseThrow(),
                origin,
                AuthoritySecret.of(broker, Succession.of(found, "")));
    }
}
