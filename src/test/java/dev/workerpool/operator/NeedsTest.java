package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Broker;
import dev.workerpool.api.ClientIssuer;
import dev.workerpool.desired.AskedCertificate;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeedsTest {
    private static final ClientIssuer CERT_MANAGERS =
            new ClientIssuer(null, null, new ClientIssuer.CertManager(new ClientIssuer.IssuerRef("corp", null, null)));

    private final Broker served = aBroker().issuing(CERT_MANAGERS).build();
    private final Broker own = aBroker().issuing().build();

    @Test
    void what_specs_ask_for_is_needed_however_the_Broker_stands() {
        Needs needs = new Needs(served, pool -> Optional.of(served));
        assertTrue(needs.needs(delivered("jobs-certificate-operator", "jobs")));
        assertTrue(needs.needs(delivered("mail-certificate-worker", "mail")));
        assertFalse(needs.needs(delivered("jobs-certificate-client-web", "jobs")), "it is no client any more");
    }

    @Test
    void nothing_is_where_the_operator_issues_itself() {
        Needs needs = new Needs(own, pool -> Optional.of(own));
        assertFalse(needs.needs(delivered("jobs-certificate-operator", "jobs")));
        assertFalse(needs.needs(delivered("mail-certificate-worker", "mail")));
    }

    @Test
    void a_pool_that_refers_to_another_Broker_needs_it_where_that_is_cert_managers_too() {
        Secret mails = delivered("mail-certificate-worker", "mail");
        assertFalse(new Needs(served, pool -> Optional.of(own)).needs(mails));
        assertTrue(new Needs(own, pool -> Optional.of(served)).needs(mails), "it has gone to another of them");
        assertTrue(new Needs(served, pool -> Optional.empty()).needs(mails), "its Broker may come yet");
    }

    private static Secret delivered(String name, String holder) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withLabels(Map.of(Labels.SECRET_KIND, AskedCertificate.DELIVERED, Labels.HOLDER, holder))
                .endMetadata()
                .build();
    }
}
