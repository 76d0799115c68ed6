package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.FreshKeys;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Holder MAIL = Holder.pool("shop", "mail");
    private static final Authority CORP = FreshKeys.authority("corp", NOW, Duration.ofDays(30));
    private static final Authority OTHER = FreshKeys.authority("other", NOW, Duration.ofDays(30));

    @Test
    void it_says_who_signed_it_and_whom_a_server_is_to_trust() {
        Delivery delivery = good(CORP, MAIL, NOW);
        assertEquals(CORP.certificate(), delivery.signer());
        assertEquals(List.of(CORP.certificate()), delivery.anchors());
        assertEquals(CORP.sha256(), delivery.signedBy());
    }

    @Test
    void of_what_an_issuer_tells_only_what_leads_to_it_is_trusted() {
        ClientIdentity leaf = leaf(CORP, MAIL, NOW);
        Delivery.Read read =
                read(leaf, OTHER.certificatePem() + CORP.certificatePem() + "-----BEGIN PRIVATE KEY-----", MAIL, NOW);
        assertEquals(List.of(CORP.certificate()), read.usable().orElseThrow().anchors());
    }

    @Test
    void an_issuer_that_tells_no_authority_or_another_is_refused() {
        ClientIdentity leaf = leaf(CORP, MAIL, NOW);
        assertEquals("AuthorityNotTold", fault(read(leaf, "", MAIL, NOW)).reason());
        assertEquals(
                "AuthorityNotTold",
                fault(read(leaf, OTHER.certificatePem(), MAIL, NOW)).reason());
    }

    @Test
    void one_that_is_its_own_issuer_is_refused() {
        FreshKey fresh = FreshKeys.next();
        Authority itself = Authority.selfSigned("mail", fresh, Validity.starting(NOW, Duration.ofDays(1)));
        ClientIdentity named = itself.issue(MAIL, fresh, Validity.starting(NOW, Duration.ofDays(1)));
        Delivery.Read.Fault fault = fault(read(named, named.certificatePem(), MAIL, NOW));
        assertEquals("AuthorityNotTold", fault.reason());
    }

    @Test
    void one_with_other_names_is_refused() {
        ClientIdentity leaf = leaf(CORP, Holder.pool("shop", "reports"), NOW);
        Delivery.Read.Fault fault = fault(read(leaf, CORP.certificatePem(), MAIL, NOW));
        assertEquals("CertificateNamesMissing", fault.reason());
        assertTrue(fault.why().contains(MAIL.uri()), fault.why());
    }

    @Test
    void one_that_has_ended_is_refused() {
        ClientIdentity leaf = leaf(CORP, MAIL, NOW);
        Instant later = NOW.plus(Duration.ofDays(2));
        assertEquals(
                "ClientCertificateExpired",
                fault(read(leaf, CORP.certificatePem(), MAIL, later)).reason());
    }

    @Test
    void one_with_another_key_is_refused() {
        ClientIdentity leaf = leaf(CORP, MAIL, NOW);
        Delivery.Files files =
                new Delivery.Files(leaf.certificatePem(), leaf(CORP, MAIL, NOW).keyPem(), CORP.certificatePem());
        assertEquals("ClientKeyMismatch", fault(Delivery.read(files, MAIL, NOW)).reason());
    }

    @Test
    void all_that_is_in_use_or_coming_is_trusted_and_what_was_before() {
        DeliveredTrust trust =
                trust(good(CORP, MAIL, NOW), List.of(good(OTHER, MAIL, NOW.plusSeconds(60))), Set.of(), CORP);
        assertEquals(List.of(CORP.certificate(), OTHER.certificate()), trust.bundle());
        assertEquals(List.of(), trust.former());
        Authority before = FreshKeys.authority("before", NOW, Duration.ofDays(30));
        DeliveredTrust after = trust(good(CORP, MAIL, NOW), List.of(), Set.of(before.certificate()), CORP);
        assertEquals(List.of(CORP.certificate(), before.certificate()), after.bundle());
        assertEquals(List.of(CORP.certificate()), after.current());
    }

    @Test
    void the_operator_is_to_follow_an_authority_that_signed_another_since_and_no_older_one() {
        Delivery own = good(CORP, MAIL, NOW);
        assertEquals(
                OTHER.sha256(),
                trust(own, List.of(good(OTHER, MAIL, NOW.plusSeconds(60))), Set.of(), CORP)
                        .ahead()
                        .orElseThrow());
        assertTrue(trust(own, List.of(good(OTHER, MAIL, NOW.minusSeconds(60))), Set.of(), CORP)
                .ahead()
                .isEmpty());
        assertTrue(trust(own, List.of(good(CORP, MAIL, NOW.plusSeconds(60))), Set.of(), CORP)
                .ahead()
                .isEmpty());
    }

    @Test
    void nothing_is_settled_before_the_operator_and_all_others_have_what_was_proven() {
        Delivery own = good(CORP, MAIL, NOW);
        assertEquals(true, trust(own, List.of(own), Set.of(), CORP).isAlike());
        assertEquals(false, trust(own, List.of(own), Set.of(), OTHER).isAlike());
        assertEquals(
                false,
                trust(own, List.of(good(OTHER, MAIL, NOW)), Set.of(), CORP).isAlike());
    }

    private static DeliveredTrust trust(
            Delivery own, List<Delivery> others, Set<X509Certificate> published, Authority proven) {
        return new DeliveredTrust(own, others, published, proven.sha256());
    }

    private static Delivery good(Authority by, Holder holder, Instant from) {
        return read(leaf(by, holder, from), by.certificatePem(), holder, NOW)
                .usable()
                .orElseThrow();
    }

    private static ClientIdentity leaf(Authority by, Holder holder, Instant from) {
        return by.issue(holder, FreshKeys.next(), Validity.starting(from, Duration.ofDays(1)));
    }

    private static Delivery.Read read(ClientIdentity leaf, String authorities, Holder holder, Instant now) {
        return Delivery.read(new Delivery.Files(leaf.certificatePem(), leaf.keyPem(), authorities), holder, now);
    }

    private static Delivery.Read.Fault fault(Delivery.Read read) {
        return assertInstanceOf(Delivery.Read.Fault.class, read);
    }
}
