package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.testing.jobs.AnAuthority;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.AuthorityFiles.Files;
import dev.workerpool.tls.AuthorityFiles.Parsed;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.Test;

class AuthorityFilesTest {
    private static final AnAuthority ROOT = AnAuthority.root("Corp Root");
    private static final Instant NOW =
            ROOT.certificate().getNotBefore().toInstant().plus(Duration.ofDays(1));
    private static final AnAuthority CLIENTS = ROOT.below("Corp Clients");

    @Test
    void a_root_is_an_authority_by_itself() {
        Authority read = read(new Files(ROOT.pem(), ROOT.keyPem(), ""));
        assertEquals(List.of(ROOT.certificate()), read.chain());
        assertEquals(List.of(ROOT.certificate()), read.anchors());
    }

    @Test
    void one_below_a_root_signs_and_servers_trust_the_root() {
        for (Files files : List.of(
                new Files(CLIENTS.pem() + ROOT.pem(), CLIENTS.keyPem(), ""),
                new Files(CLIENTS.pem(), CLIENTS.keyPem(), ROOT.pem()),
                new Files(CLIENTS.pem(), CLIENTS.keyPem(), PrivateCa.create().pem() + ROOT.pem() + CLIENTS.pem()))) {
            Authority read = read(files);
            assertEquals(List.of(CLIENTS.certificate(), ROOT.certificate()), read.chain());
            assertEquals(List.of(ROOT.certificate()), read.anchors());
            ClientIdentity issued = read.issue(
                    Holder.pool("shop", "mail"), FreshKeys.next(), Validity.starting(NOW, Duration.ofDays(1)));
            assertEquals(CLIENTS.certificate(), issued.chain().getLast(), "the chain goes with the leaf");
            assertEquals(2, issued.chain().size());
        }
    }

    @Test
    void without_its_root_servers_could_not_follow() {
        assertEquals(
                "AuthorityIncomplete: CN=Corp Clients (SHA-256 %s) was signed by CN=Corp Root, whose certificate is neither in tls.crt nor in ca.crt: "
                                .formatted(Certificates.sha256(CLIENTS.certificate()))
                        + "put it there, and those above it up to the root, up to which servers verify",
                fault(new Files(CLIENTS.pem(), CLIENTS.keyPem(), "")));
        assertTrue(fault(new Files(
                        CLIENTS.pem(), CLIENTS.keyPem(), PrivateCa.create().pem()))
                .startsWith("AuthorityIncomplete: "));
    }

    @Test
    void what_may_not_sign_is_no_authority() {
        Leaf leaf = PrivateCa.create().client("mail");
        String said = fault(new Files(leaf.certificatePem(), leaf.keyPem(), ""));
        assertTrue(said.startsWith("NotAnAuthority: the certificate CN=mail "), said);
        assertTrue(said.endsWith("is not an authority's: its basicConstraints do not say CA:TRUE"), said);
        AnAuthority narrow = AnAuthority.root("Narrow", 0);
        AnAuthority below = narrow.below("Below");
        String tooLong = fault(new Files(below.pem(), below.keyPem(), narrow.pem()));
        assertTrue(tooLong.startsWith("NotAnAuthority: the certificate CN=Narrow "), tooLong);
        assertTrue(tooLong.endsWith("its pathlen is 0"), tooLong);
    }

    @Test
    void one_whose_time_is_over_or_has_not_come_is_named_with_its_date() {
        AnAuthority over = ROOT.below("Over", Duration.ofHours(-1));
        assertTrue(fault(new Files(over.pem(), over.keyPem(), ROOT.pem())).startsWith("AuthorityExpired: CN=Over "));
        Parsed early = AuthorityFiles.read(new Files(ROOT.pem(), ROOT.keyPem(), ""), NOW.minus(Duration.ofDays(2)));
        assertEquals(
                "AuthorityNotYetValid",
                assertInstanceOf(Parsed.Fault.class, early).reason());
    }

    @Test
    void a_key_of_another_or_none_is_told_and_never_quoted() {
        assertTrue(fault(new Files(CLIENTS.pem(), ROOT.keyPem(), ROOT.pem())).startsWith("AuthorityKeyMismatch: "));
        String garbled = fault(new Files(ROOT.pem(), "hunter2", ""));
        assertTrue(garbled.startsWith("AuthorityUnreadable: tls.key: "), garbled);
        assertFalse(garbled.contains("hunter2"));
        assertTrue(fault(new Files("-", ROOT.keyPem(), "")).startsWith("AuthorityUnreadable: tls.crt "));
        assertTrue(fault(new Files(ROOT.pem(), ROOT.keyPem(), "-")).startsWith("AuthorityUnreadable: ca.crt "));
    }

    @Test
    void a_short_RSA_key_is_refused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        Authority weak = Authority.selfSigned(
                "weak",
                new FreshKey(generator.generateKeyPair(), FreshKeys.next().serial()),
                Validity.starting(NOW, Duration.ofDays(9)));
        String said = fault(new Files(weak.certificatePem(), weak.keyPem(), ""));
        assertTrue(said.startsWith("AuthorityUnreadable: tls.key: an RSA key of 1024 bits is too short"), said);
    }

    @Test
    void what_it_signs_names_its_key_as_it_does_itself() throws IOException {
        ClientIdentity issued = read(new Files(ROOT.pem(), ROOT.keyPem(), ""))
                .issue(Holder.pool("shop", "mail"), FreshKeys.next(), Validity.starting(NOW, Duration.ofDays(1)));
        byte[] itself = ROOT.certificate().getExtensionValue(Extension.subjectKeyIdentifier.getId());
        byte[] named = issued.certificate().getExtensionValue(Extension.authorityKeyIdentifier.getId());
        assertArrayEquals(
                SubjectKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(itself))
                        .getKeyIdentifier(),
                AuthorityKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(named))
                        .getKeyIdentifierOctets());
    }

    private static Authority read(Files files) {
        return assertInstanceOf(Parsed.Read.class, AuthorityFiles.read(files, NOW))
                .authority();
    }

    private static String fault(Files files) {
        Parsed.Fault fault = assertInstanceOf(Parsed.Fault.class, AuthorityFiles.read(files, NOW));
        return fault.reason() + ": " + fault.why();
    }
}
