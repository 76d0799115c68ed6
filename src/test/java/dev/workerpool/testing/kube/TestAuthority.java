package dev.workerpool.testing.kube;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificate authority of one control plane. Its certificates live for a day, and its key only in memory and the run's folder. */
final class TestAuthority {

    private static final X500Name NAME = new X500Name("CN=workerpool-test-ca");

    private final KeyPair authority;
    private final KeyPair leaf;
    private final String certificate;
    private final SecureRandom random = new SecureRandom();
    private final Date from = Date.from(Instant.now().minus(Duration.ofMinutes(5)));
    private final Date until = Date.from(Instant.now().plus(Duration.ofDays(1)));

    TestAuthority() {
        authority = keyPair("EC", 256);
        // One key for all: RSA, because fabric8 reads EC keys only with Bouncy Castle on the class path, and making
        // ten RSA keys would cost more than the API server's start.
        leaf = keyPair("RSA", 2048);
        certificate = issue(
                builder(NAME, authority),
                List.of(
                        new Part(Extension.basicConstraints, new BasicConstraints(true)),
                        new Part(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature))));
    }

    String certificate() {
        return certificate;
    }

    String key() {
        return Pem.privateKey(authority.getPrivate());
    }

    /** The pair that signs and verifies service account tokens. */
    KeyPair tokenKeys() {
        return leaf;
    }

    Identity client(Subject subject) {
        X500NameBuilder name = new X500NameBuilder();
        subject.groups().forEach(group -> name.addRDN(BCStyle.O, group));
        name.addRDN(BCStyle.CN, subject.user());
        return identity(name.build(), List.of(usage(KeyPurposeId.id_kp_clientAuth)));
    }

    /** A certificate for this machine's loopback addresses and further DNS names; it serves as a client's too, as etcd's does. */
    Identity server(String... names) {
        List<GeneralName> all = new ArrayList<>(List.of(
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.dNSName, "localhost")));
        List.of(names).forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
        Part alternatives =
                new Part(Extension.subjectAlternativeName, new GeneralNames(all.toArray(GeneralName[]::new)));
        return identity(
                new X500Name("CN=loopback"),
                List.of(usage(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth), alternatives));
    }

    private record Part(ASN1ObjectIdentifier id, ASN1Encodable value) {}

    private static Part usage(KeyPurposeId... purposes) {
        return new Part(Extension.extendedKeyUsage, new ExtendedKeyUsage(purposes));
    }

    private Identity identity(X500Name subject, List<Part> parts) {
        return new Identity(issue(builder(subject, leaf), parts), Pem.privateKey(leaf.getPrivate()));
    }

    private JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair keys) {
        return new JcaX509v3CertificateBuilder(
                NAME, new BigInteger(64, random), from, until, subject, keys.getPublic());
    }

    private String issue(JcaX509v3CertificateBuilder builder, List<Part> parts) {
        try {
            for (Part part : parts) {
                builder.addExtension(part.id(), false, part.value());
            }
            return Pem.certificate(sign(builder, authority.getPrivate()));
        } catch (CertIOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509CertificateHolder sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException {
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
    }

    private static KeyPair keyPair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
