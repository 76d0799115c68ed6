package dev.workerpool.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Certificates in PEM (RFC 7468): only CERTIFICATE blocks are taken, whatever else a bundle holds. */
public final class Certificates {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");

    private Certificates() {}

    /**
     * What a bundle holds.
     *
     * @param fault why a bundle cannot be used, for people: no certificate in it, or one that cannot be read
     */
    public record Parsed(List<X509Certificate> certificates, Optional<String> fault) {
        public Parsed {
            certificates = List.copyOf(certificates);
        }
    }

    /** The certificates of a bundle, each once, in its order. */
    public static Parsed parse(String pem) {
        return parse(pem, "the bundle");
    }

    /** @param of how a fault calls what holds them */
    static Parsed parse(String pem, String of) {
        Set<X509Certificate> found = new LinkedHashSet<>();
        Matcher block = BLOCK.matcher(pem);
        int number = 0;
        while (block.find()) {
            number++;
            try {
                found.add(certificate(Base64.getMimeDecoder().decode(block.group(1))));
            } catch (CertificateException | IllegalArgumentException e) {
                return new Parsed(List.of(), Optional.of("certificate " + number + " of " + of + " cannot be read"));
            }
        }
        return found.isEmpty()
                ? new Parsed(List.of(), Optional.of(of + " holds no certificate in PEM (BEGIN CERTIFICATE)"))
                : new Parsed(new ArrayList<>(found), Optional.empty());
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** One block a certificate, in lines of 64 characters. */
    public static String pem(List<X509Certificate> certificates) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return certificates.stream()
                .map(certificate -> "-----BEGIN CERTIFICATE-----\n"
                        + lines.encodeToString(encoded(certificate))
                        + "\n-----END CERTIFICATE-----\n")
                .collect(Collectors.joining());
    }

    /** Whose it is, for people. */
    public static String subject(X509Certificate certificate) {
        return Subjects.of(certificate.getSubjectX500Principal());
    }

    /** The fingerprint of a certificate, in lower-case hexadecimal. */
    public static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded(certificate)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    /** Whether it vouches for itself. */
    static boolean isSelfSigned(X509Certificate certificate) {
        return signed(certificate, certificate);
    }

    /** Whether the one's key signed the other, and under its name. */
    public static boolean signed(X509Certificate signer, X509Certificate other) {
        if (!signer.getSubjectX500Principal().equals(other.getIssuerX500Principal())) {
            return false;
        }
        try {
            other.verify(signer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that has no encoding", e);
        }
    }
}
