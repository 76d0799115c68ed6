package dev.workerpool.testing.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates in an authority's name. */
record Certifying(X500Name issuer, KeyPair keys) {

    X509Certificate authority(X500Name subject, Instant until) {
        return authority(subject, keys.getPublic(), until, 0);
    }

    /** @param below how many other authorities it may vouch for in a row */
    X509Certificate authority(X500Name subject, PublicKey key, Instant until, int below) {
        Extension constraints = extension(Extension.basicConstraints, true, new BasicConstraints(below));
        Extension usage = extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return certify(subject, key, until, List.of(constraints, usage));
    }

    X509Certificate server(PublicKey key, Instant until, GeneralName... names) {
        Extension purpose = extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            // The members of a Redis Cluster call each other with it.
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        Extension good = extension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        X500Name subject =
                new X500Name("CN=" + (names[0].getTagNo() == GeneralName.dNSName ? names[0].getName() : "server"));
        return certify(subject, key, until, List.of(purpose, good));
    }

    X509Certificate serverAlone(PublicKey key, Instant until, GeneralName name) {
        Extension purpose =
                extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        Extension good = extension(Extension.subjectAlternativeName, false, new GeneralNames(name));
        return certify(new X500Name("CN=" + name.getName()), key, until, List.of(purpose, good));
    }

    X509Certificate client(X500Name subject, PublicKey key, Instant until) {
        Extension purpose =
                extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        return certify(subject, key, until, List.of(purpose));
    }

    private X509Certificate certify(X500Name subject, PublicKey key, Instant until, List<Extension> extensions) {
        BigInteger serial = new BigInteger(120, new SecureRandom());
        Date from = Date.from(Instant.now().minus(Duration.ofDays(1)));
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(issuer, serial, from, Date.from(until), subject, key);
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            // Not SHA-1 of the whole key, as most make it and none must: who takes it for that finds no issuer.
            SubjectKeyIdentifier signer = identifiers.createTruncatedSubjectKeyIdentifier(keys.getPublic());
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(signer.getKeyIdentifier()));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createTruncatedSubjectKeyIdentifier(key));
            for (Extension extension : extensions) {
                builder.addExtension(extension);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Extension extension(ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
        try {
            return Extension.create(kind, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
