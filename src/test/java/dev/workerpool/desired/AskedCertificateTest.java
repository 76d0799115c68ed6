package dev.workerpool.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.ClientIssuer.IssuerRef;
import dev.workerpool.desired.AskedCertificate.Asker;
import dev.workerpool.desired.AskedCertificate.Terms;
import dev.workerpool.desired.IssuedIdentity.Owner;
import dev.workerpool.testing.builders.ABroker;
import dev.workerpool.tls.KeyAlgorithm;
import dev.workerpool.tls.LeafTerms;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AskedCertificateTest {
    private static final Asker MAIL =
            Asker.pool(new Owner("shop", "mail", "jobs", new PoolIdentity("shop", "mail", "uid-of-mail").owner()));

    @Test
    void it_asks_for_a_clients_certificate_with_the_pools_names_and_a_new_key_each_time() {
        GenericKubernetesResource asked = AskedCertificate.of(MAIL, terms(KeyAlgorithm.ECDSA, Optional.empty()));
        Map<String, Object> spec = asked.get("spec");
        assertEquals("mail-certificate-worker", asked.getMetadata().getName());
        assertEquals("mail-certificate-worker", spec.get("secretName"));
        assertEquals("mail", spec.get("commonName"));
        assertEquals(List.of("spiffe://workerpool.dev/ns/shop/workerpool/mail"), spec.get("uris"));
        assertEquals(List.of("mail.workerpool.shop.workerpool.internal"), spec.get("dnsNames"));
        assertEquals(List.of("digital signature", "client auth"), spec.get("usages"));
        assertEquals("7776000s", spec.get("duration"));
        assertFalse(spec.containsKey("renewBefore"), "cert-manager's own third");
        assertEquals(
                Map.of("algorithm", "ECDSA", "size", 256, "encoding", "PKCS8", "rotationPolicy", "Always"),
                spec.get("privateKey"));
        assertEquals(Map.of("name", "corp", "kind", "Issuer", "group", "cert-manager.io"), spec.get("issuerRef"));
        assertTrue(AskedCertificate.isOurs(MAIL, asked));
    }

    @Test
    void what_the_broker_says_of_keys_and_renewal_is_passed_on() {
        Map<String, Object> spec = AskedCertificate.of(MAIL, terms(KeyAlgorithm.RSA, Optional.of(Duration.ofDays(30))))
                .get("spec");
        assertEquals("2592000s", spec.get("renewBefore"));
        assertEquals(
                Map.of("algorithm", "RSA", "size", 3072, "encoding", "PKCS8", "rotationPolicy", "Always"),
                spec.get("privateKey"));
    }

    @Test
    void a_pool_and_a_broker_of_one_name_ask_for_two() {
        Asker operator = Asker.operator(ABroker.aBroker().build());
        assertEquals("jobs-certificate-operator", operator.name());
        assertNotEquals(operator.name(), Asker.pool("jobs"));
        assertFalse(AskedCertificate.isOurs(
                operator, AskedCertificate.of(MAIL, terms(KeyAlgorithm.ECDSA, Optional.empty()))));
    }

    @Test
    void a_complaint_of_cert_managers_is_told_in_one_line() {
        assertEquals(
                Optional.of("Referenced \"Issuer\" not found\uFFFD"),
                progress(List.of(Map.of(
                                "type", "Ready", "status", "False", "message", "Referenced \"Issuer\" not found\n")))
                        .complaint());
        CertificateProgress issuing = progress(List.of(
                Map.of("type", "Ready", "status", "True", "message", "up to date"),
                Map.of("type", "Issuing", "status", "True", "message", "renewing")));
        assertEquals(new CertificateProgress(true, 3, Optional.empty()), issuing);
        assertEquals(
                new CertificateProgress(false, 0, Optional.empty()),
                CertificateProgress.of(new GenericKubernetesResource()));
    }

    private static CertificateProgress progress(List<Map<String, Object>> conditions) {
        GenericKubernetesResource certificate = new GenericKubernetesResource();
        certificate.setAdditionalProperty("status", Map.of("revision", 3, "conditions", conditions));
        return CertificateProgress.of(certificate);
    }

    private static Terms terms(KeyAlgorithm algorithm, Optional<Duration> renewBefore) {
        return new Terms(
                new IssuerRef("corp", null, null), new LeafTerms(Duration.ofDays(90), renewBefore, ""), algorithm, "");
    }
}
