package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.PrivateCa;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every bundle, however broken. */
class CertificatesProperties {
    private static final int MANY = 2_000;
    private static final String GOOD =
            PrivateCa.create().pem() + PrivateCa.create().leaf().certificatePem();
    private static final Pattern FAULT = Pattern.compile(
            "certificate [12] of the bundle cannot be read|the bundle holds no certificate in PEM \\(BEGIN CERTIFICATE\\)");

    private final BrokenPems broken = new BrokenPems(new Random(6), GOOD);

    @Test
    void each_is_read_or_told_in_words_that_quote_nothing() {
        Map<String, Integer> told = new HashMap<>();
        IntStream.range(0, MANY).forEach(ignored -> {
            Certificates.Parsed parsed = Certificates.parse(broken.next());
            assertTrue(parsed.fault().isPresent() == parsed.certificates().isEmpty(), "one of the two");
            parsed.fault().ifPresent(fault -> assertTrue(FAULT.matcher(fault).matches(), fault));
            told.merge(parsed.fault().orElse("read"), 1, Integer::sum);
        });
        assertEquals(4, told.size(), told::toString);
    }

    /** Its signature is nobody's business here, but its names and times are shown to people. */
    @Test
    void what_was_read_can_be_written_and_shown() {
        IntStream.range(0, MANY)
                .mapToObj(ignored -> Certificates.parse(broken.next()).certificates())
                .forEach(certificates -> assertDoesNotThrow(() -> {
                    assertEquals(
                            certificates,
                            Certificates.parse(Certificates.pem(certificates)).certificates());
                    certificates.forEach(CertificatesProperties::show);
                    VouchedPath.of(certificates, certificates);
                }));
    }

    private static String show(X509Certificate certificate) {
        return Certificates.sha256(certificate)
                + certificate.getSubjectX500Principal().getName()
                + certificate.getIssuerX500Principal().getName()
                + certificate.getNotAfter().toInstant();
    }
}
