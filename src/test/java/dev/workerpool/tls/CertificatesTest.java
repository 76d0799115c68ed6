package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.workerpool.testing.jobs.PrivateCa;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
    private static final String ONE = PrivateCa.create().pem();
    private static final String OTHER = PrivateCa.create().pem();

    @Test
    void a_bundle_may_hold_any_number_in_its_own_order() {
        Certificates.Parsed parsed = Certificates.parse(OTHER + ONE);
        assertEquals(Optional.empty(), parsed.fault());
        assertEquals(
                List.of(only(OTHER), only(ONE)),
                parsed.certificates().stream()
                        .map(List::of)
                        .map(Certificates::pem)
                        .toList());
    }

    @Test
    void one_that_stands_twice_is_one() {
        assertEquals(1, Certificates.parse(ONE + ONE).certificates().size());
    }

    @Test
    void what_stands_between_them_is_passed_over_even_a_private_key() {
        String key = PrivateCa.create().leaf().keyPem();
        Certificates.Parsed parsed = Certificates.parse("# ours\r\n" + key + ONE.replace("\n", "\r\n") + "\nthe end");
        assertEquals(only(ONE), Certificates.pem(parsed.certificates()));
        assertFalse(Certificates.pem(parsed.certificates()).contains("KEY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2", "-----BEGIN CERTIFICATE-----\nAAAA"})
    void text_without_a_certificate_is_a_fault_that_does_not_quote_it(String text) {
        Certificates.Parsed parsed = Certificates.parse(text);
        assertEquals(List.of(), parsed.certificates());
        assertEquals(Optional.of("the bundle holds no certificate in PEM (BEGIN CERTIFICATE)"), parsed.fault());
    }

    @Test
    void one_that_cannot_be_read_spoils_the_bundle_and_is_told_by_its_number() {
        String broken = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
        Certificates.Parsed parsed = Certificates.parse(ONE + broken);
        assertEquals(List.of(), parsed.certificates());
        assertEquals(Optional.of("certificate 2 of the bundle cannot be read"), parsed.fault());
    }

    @Test
    void what_is_written_can_be_read_again() {
        var certificates = Certificates.parse(ONE + OTHER).certificates();
        assertEquals(
                certificates, Certificates.parse(Certificates.pem(certificates)).certificates());
    }

    @Test
    void the_system_s_roots_always_come_in_the_same_order() {
        var roots = SystemRoots.load();
        assertFalse(roots.isEmpty());
        assertEquals(roots, SystemRoots.load());
    }

    private static String only(String pem) {
        return Certificates.pem(Certificates.parse(pem).certificates());
    }
}
