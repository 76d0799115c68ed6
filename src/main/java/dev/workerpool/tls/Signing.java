package dev.workerpool.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
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

/** X.509 certificates, made and signed. Keys and signatures are the JDK's; only their encoding is not. */
final class Signing {
    private final X509v3CertificateBuilder builder;
    private final AuthorityKeyIdentifier signer;

    private Signing(X509v3CertificateBuilder builder, AuthorityKeyIdentifier signer) {
        this.builder = builder;
        this.signer = signer;
    }

    /** Signs clients, and no other authority. */
    static X509Certificate authority(String commonName, FreshKey fresh, Validity validity) {
        X500Name name = named(commonName);
        PublicKey key = fresh.keys().getPublic();
        return new Signing(builder(name, name, fresh, validity), identifiers().createAuthorityKeyIdentifier(key))
                .with(Extension.basicConstraints, true, new BasicConstraints(0))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .signed(key, fresh.keys().getPrivate());
    }

    /** Good for a TLS client, and for nothing else. */
    static X509Certificate leaf(Authority by, Holder holder, FreshKey fresh, Validity validity) {
        X500Name issuer =
                X500Name.getInstance(by.certificate().getSubjectX500Principal().getEncoded());
        GeneralName[] names = Stream.concat(
                        Stream.of(new GeneralName(GeneralName.uniformResourceIdentifier, holder.uri())),
                        holder.dns().stream().map(dns -> new GeneralName(GeneralName.dNSName, dns)))
                .toArray(GeneralName[]::new);
        return new Signing(builder(issuer, named(holder.commonName()), fresh, validity), identifier(by.certificate()))
                .with(Extension.basicConstraints, true, new BasicConstraints(false))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                .with(Extension.subjectAlternativeName, false, new GeneralNames(names))
                .signed(fresh.keys().getPublic(), by.key());
    }

    /** By which messages are verified: Celery asks for RSA, and for issuer and serial, which tell one from another. */
    static X509Certificate ofMessages(String commonName, FreshKey fresh, Validity validity) {
        X500Name name = named(commonName);
        PublicKey key = fresh.keys().getPublic();
        return new Signing(builder(name, name, fresh, validity), identifiers().createAuthorityKeyIdentifier(key))
                .with(Extension.basicConstraints, true, new BasicConstraints(false))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .signed(key, fresh.keys().getPrivate());
    }

    /** Whether this is the key of that certificate. */
    static boolean belongs(PrivateKey key, X509Certificate certificate) {
        byte[] something = "whose key is this?".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, FreshKey fresh, Validity validity) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                fresh.serial(),
                Date.from(validity.from()),
                Date.from(validity.until()),
                subject,
                fresh.keys().getPublic());
    }

    private static X500Name named(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    private Signing with(ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(kind, critical, value);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509Certificate signed(PublicKey subject, PrivateKey key) {
        try {
            with(Extension.authorityKeyIdentifier, false, signer);
            with(Extension.subjectKeyIdentifier, false, identifiers().createSubjectKeyIdentifier(subject));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm(key)).build(key)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            // Without its cause's message, which may tell of the key.
            throw new IllegalStateException(
                    "a certificate could not be signed: " + e.getClass().getSimpleName());
        }
    }

    /** As it calls its key itself, whatever it made that of: OpenSSL looks for an issuer by that. */
    private static AuthorityKeyIdentifier identifier(X509Certificate authority) {
        byte[] told = authority.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        try {
            return told == null
                    ? identifiers().createAuthorityKeyIdentifier(authority.getPublicKey())
                    : new AuthorityKeyIdentifier(
                            SubjectKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(told))
                                    .getKeyIdentifier());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JcaX509ExtensionUtils identifiers() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-1", e);
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> throw new IllegalArgumentException("neither EC nor RSA: " + key.getAlgorithm());
        };
    }
}
