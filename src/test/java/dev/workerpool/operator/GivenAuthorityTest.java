package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.workerpool.api.Broker;
import dev.workerpool.api.ClientIssuer;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.desired.AuthoritySecret;
import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.testing.jobs.AnAuthority;
import dev.workerpool.tls.Succession;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GivenAuthorityTest {
    private final NamedInMemory named = new NamedInMemory();
    private final ConnectionSource source = new ConnectionSource(named, List::of, Clock.systemUTC());

    @Test
    void an_authority_that_is_given_comes_from_its_Secret_and_is_followed() {
        AnAuthority corp = AnAuthority.root("Corp");
        named.secret("corp", Map.of("tls.crt", corp.pem(), "tls.key", corp.keyPem()));
        Broker broker = giving("corp");
        source.resolve(broker);
        assertEquals(Set.of(new Referents.Name(Secret.class, "shop", "corp")), named.followed());
        assertEquals(
                List.of(corp.certificate()),
                assertInstanceOf(Origin.Given.class, source.authority(broker))
                        .authority()
                        .chain());
        assertEquals(new Origin.Made(), source.authority(aBroker().issuing().build()));
    }

    @Test
    void an_authority_that_cannot_be_used_is_told_by_its_Secret() {
        assertEquals("SecretNotFound: there is no Secret corp", unusable("corp"));
        AnAuthority corp = AnAuthority.root("Corp");
        named.secret("corp", Map.of("tls.crt", corp.pem()));
        assertEquals("SecretKeyMissing: Secret corp has no key tls.key", unusable("corp"));
        named.secret("corp", Map.of("tls.crt", corp.pem(), "tls.key", "hunter2"));
        assertEquals(
                "AuthorityUnreadable: Secret corp: tls.key: it holds no private key in PEM (BEGIN PRIVATE KEY)",
                unusable("corp"));
    }

    @Test
    void what_the_operator_makes_is_not_given_to_it() {
        String ours =
                "AuthorityIsOperators: Secret %s is one that the operator itself makes and changes: give one of your own";
        assertEquals(ours.formatted("jobs-client-authority"), unusable("jobs-client-authority"));
        Broker other = aBroker().withUid("another").issuing().build();
        other.getMetadata().setName("mails");
        named.put(AuthoritySecret.of(
                other, Succession.of(FreshKeys.authority("mails", Instant.now(), Duration.ofDays(9)), "")));
        assertEquals(ours.formatted("mails-client-authority"), unusable("mails-client-authority"));
    }

    private static Broker giving(String secret) {
        return aBroker()
                .withUrl("rediss://h")
                .issuing(new ClientIssuer(null, new ObjectRef(secret), null))
                .build();
    }

    private String unusable(String secret) {
        Origin.Unusable unusable = assertInstanceOf(Origin.Unusable.class, source.authority(giving(secret)));
        return unusable.reason() + ": " + unusable.message();
    }
}
