package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.Pem;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.ClientIdentity.Parsed;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientIdentityTest {
    private static final PrivateCa CA = PrivateCa.create();
    private static final Leaf MAIL = CA.client("mail");

    @Test
    void a_certificate_and_its_key_are_one_identity_however_they_were_written() {
        ClientIdentity identity = read(MAIL.certificatePem(), MAIL.keyPem());
        assertEquals("CN=mail", identity.subject());
        assertEquals(identity, read("# from the provider\n" + MAIL.certificatePem(), "\n" + MAIL.keyPem() + "\n\n"));
        assertEquals(identity, read(identity.certificatePem(), identity.keyPem()));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, RSA PRIVATE KEY",
        "RSA, 3072, RSA PRIVATE KEY",
        "EC, 256, EC PRIVATE KEY",
        "EC, 384, EC PRIVATE KEY"
    })
    void a_key_as_OpenSSL_writes_it_is_the_same_in_PKCS8(String kind, int size, String label) throws Exception {
        KeyPair own = keys(kind, size);
        String certificate = CA.clientPem("old", own.getPublic(), Duration.ofDays(1));
        String text = "EC".equals(kind) ? sec1((ECPrivateKey) own.getPrivate(), size) : pkcs1(own);
        assertTrue(text.contains("BEGIN " + label), label);
        ClientIdentity identity = read(certificate, text);
        assertEquals(identity, read(certificate, identity.keyPem()));
        assertTrue(identity.keyPem().startsWith("-----BEGIN PRIVATE KEY-----\n"));
    }

    @Test
    void those_that_signed_it_follow() {
        assertEquals(
                2, read(MAIL.certificatePem() + CA.pem(), MAIL.keyPem()).chain().size());
    }

    @Test
    void a_key_of_another_certificate_is_told_by_the_certificate() {
        var fault = fault(MAIL.certificatePem(), CA.client("mail").keyPem());
        assertEquals("ClientKeyMismatch", fault.reason());
        assertTrue(
                fault.why()
                        .startsWith("the key in tls.key is not that of the certificate in tls.crt, CN=mail (SHA-256 "),
                fault.why());
    }

    @Test
    void the_client_s_own_certificate_comes_first() {
        assertEquals(
                "the key in tls.key is that of certificate 2 in tls.crt, CN=mail: it must come first, before those that signed it",
                fault(CA.pem() + MAIL.certificatePem(), MAIL.keyPem()).why());
    }

    @Test
    void what_cannot_be_used_is_told_by_its_file() throws Exception {
        assertEquals("tls.crt holds no certificate in PEM (BEGIN CERTIFICATE)", why("hello", MAIL.keyPem()));
        assertEquals(
                "tls.key: it holds no private key in PEM (BEGIN PRIVATE KEY)", why(MAIL.certificatePem(), "hunter2"));
        assertEquals(
                "tls.key: it holds no private key in PEM (BEGIN PRIVATE KEY)",
                why(MAIL.certificatePem(), MAIL.certificatePem()));
        assertEquals(
                "tls.key: the key is encrypted: give it without a passphrase",
                why(
                        MAIL.certificatePem(),
                        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"));
        KeyPair edwards = keys("Ed25519", 255);
        assertEquals(
                "tls.key: a key of kind EdDSA cannot be used: take EC or RSA",
                why(
                        MAIL.certificatePem(),
                        Pem.of("PRIVATE KEY", edwards.getPrivate().getEncoded())));
        KeyPair brief = keys("RSA", 1024);
        assertEquals(
                "tls.key: an RSA key of 1024 bits is too short for TLS: take 2048 or more, or EC",
                why(
                        CA.clientPem("old", brief.getPublic(), Duration.ofDays(1)),
                        Pem.of("PRIVATE KEY", brief.getPrivate().getEncoded())));
    }

    @Test
    void a_certificate_for_servers_alone_is_none_for_clients() {
        Leaf server = CA.serverAloneLeaf();
        assertEquals(
                "the certificate in tls.crt, CN=localhost, is not for clients: its extended key usage lacks clientAuth",
                why(server.certificatePem(), server.keyPem()));
    }

    @Test
    void it_shows_its_certificate_and_never_its_key() {
        ClientIdentity identity = read(MAIL.certificatePem(), MAIL.keyPem());
        assertEquals("ClientIdentity[CN=mail, SHA-256 %s]".formatted(identity.sha256()), identity.toString());
        String key = MAIL.keyPem().lines().skip(1).findFirst().orElseThrow();
        assertFalse(identity.toString().contains(key.substring(0, 8)));
    }

    private static ClientIdentity read(String certificate, String key) {
        return assertInstanceOf(Parsed.Read.class, ClientIdentity.parse(certificate, key))
                .identity();
    }

    private static Parsed.Fault fault(String certificate, String key) {
        return assertInstanceOf(Parsed.Fault.class, ClientIdentity.parse(certificate, key));
    }

    private static String why(String certificate, String key) {
        var fault = fault(certificate, key);
        assertEquals("ClientCertificateUnreadable", fault.reason());
        return fault.why();
    }

    private static KeyPair keys(String kind, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static String pkcs1(KeyPair own) throws IOException {
        return Pem.of(
                "RSA PRIVATE KEY",
                info(own.getPrivate()).parsePrivateKey().toASN1Primitive().getEncoded());
    }

    /** OpenSSL says the curve twice: in a block before, and beside the number. */
    private static String sec1(ECPrivateKey key, int size) throws IOException {
        ASN1Encodable curve = info(key).getPrivateKeyAlgorithm().getParameters();
        return Pem.of("EC PARAMETERS", curve.toASN1Primitive().getEncoded())
                + Pem.of(
                        "EC PRIVATE KEY",
                        new org.bouncycastle.asn1.sec.ECPrivateKey(size, key.getS(), curve).getEncoded());
    }

    private static PrivateKeyInfo info(PrivateKey key) {
        return PrivateKeyInfo.getInstance(key.getEncoded());
    }
}
