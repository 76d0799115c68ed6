package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.FreshKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is issued is good for a TLS client, by the judgement of the JDK. */
class IssuedTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authority AUTHORITY = FreshKeys.authority("jobs.shop", NOW, Duration.ofDays(365));
    private static final Duration SEASON = Duration.ofDays(90);

    private static ClientIdentity toMail() {
        return AUTHORITY.issue(Holder.pool("shop", "mail"), FreshKeys.next(), Validity.starting(NOW, SEASON));
    }

    @Test
    void a_pool_is_named_in_three_ways() throws CertificateParsingException {
        X509Certificate leaf = toMail().certificate();
        assertEquals("CN=mail", leaf.getSubjectX500Principal().getName());
        assertEquals(
                Set.of("spiffe://workerpool.dev/ns/shop/workerpool/mail", "mail.workerpool.shop.workerpool.internal"),
                leaf.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1))
                        .collect(Collectors.toSet()));
    }

    @Test
    void it_is_good_for_a_client_and_for_nothing_else() throws CertificateParsingException {
        X509Certificate leaf = toMail().certificate();
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), leaf.getExtendedKeyUsage());
        assertEquals(-1, leaf.getBasicConstraints());
        assertTrue(leaf.getKeyUsage()[0], "digitalSignature");
        assertFalse(leaf.getKeyUsage()[5], "keyCertSign");
    }

    @Test
    void the_jdk_builds_a_path_to_its_authority_and_to_no_other() {
        assertDoesNotThrow(() -> validate(toMail(), AUTHORITY, NOW));
        Authority sameName = FreshKeys.authority("jobs.shop", NOW, SEASON);
        assertThrows(CertPathValidatorException.class, () -> validate(toMail(), sameName, NOW));
        assertFalse(sameName.signed(toMail().certificate()));
        assertTrue(AUTHORITY.signed(toMail().certificate()));
    }

    @Test
    void it_is_good_from_a_little_before_now_until_it_ends() {
        assertDoesNotThrow(() -> validate(toMail(), AUTHORITY, NOW.minus(4, ChronoUnit.MINUTES)));
        assertThrows(
                CertPathValidatorException.class, () -> validate(toMail(), AUTHORITY, NOW.plus(91, ChronoUnit.DAYS)));
    }

    @Test
    void it_does_not_outlive_its_authority() {
        Instant late = NOW.plus(Duration.ofDays(300));
        ClientIdentity issued =
                AUTHORITY.issue(Holder.pool("shop", "mail"), FreshKeys.next(), Validity.starting(late, SEASON));
        assertEquals(AUTHORITY.notAfter(), issued.certificate().getNotAfter().toInstant());
    }

    @Test
    void rsa_signs_rsa() throws GeneralSecurityException {
        Authority rsa = Authority.selfSigned("old", rsaKey(), Validity.starting(NOW, SEASON));
        ClientIdentity issued = rsa.issue(Holder.pool("shop", "mail"), rsaKey(), Validity.starting(NOW, SEASON));
        assertDoesNotThrow(() -> validate(issued, rsa, NOW));
        assertEquals("RSA", issued.certificate().getPublicKey().getAlgorithm());
    }

    @Test
    void one_without_the_right_to_sign_is_no_authority() {
        assertTrue(AUTHORITY.maySign());
        assertFalse(Authority.of(toMail()).maySign());
    }

    @Test
    void who_sends_jobs_is_named_by_its_broker() {
        Holder web = Holder.client("shop", "jobs", "web");
        assertEquals("web", web.commonName());
        assertEquals("spiffe://workerpool.dev/ns/shop/broker/jobs/client/web", web.uri());
        assertEquals(Optional.of("web.client.jobs.broker.shop.workerpool.internal"), web.dns());
        X509Certificate leaf = AUTHORITY
                .issue(web, FreshKeys.next(), Validity.starting(NOW, SEASON))
                .certificate();
        assertTrue(web.isNamedIn(leaf));
        assertFalse(Holder.operator("shop", "jobs").isNamedIn(leaf));
        assertFalse(web.isNamedIn(AUTHORITY.certificate()));
    }

    @Test
    void a_name_that_is_too_long_for_a_common_name_is_cut_and_for_dns_is_left_out() {
        Holder holder = Holder.client("shop", "b".repeat(253), "c".repeat(80));
        assertEquals(64, holder.commonName().length());
        assertTrue(holder.dns().isEmpty());
    }

    @Test
    void nothing_prints_a_key() {
        assertEquals("Authority[CN=jobs.shop]", AUTHORITY.toString());
    }

    private static FreshKey rsaKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        return new FreshKey(pair, FreshKeys.next().serial());
    }

    private static void validate(ClientIdentity issued, Authority by, Instant when) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(by.anchors().stream()
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(when));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(issued.chain()), parameters);
    }
}
