package dev.workerpool.tls;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * Who a client is, to a server that asks for a certificate. Two of the same certificates and key are one. Shows its certificate, never its key.
 *
 * @param chain the client's own certificate first, then those that lead to an authority
 * @param key of the first certificate
 */
public record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
    public ClientIdentity {
        chain = List.copyOf(chain);
    }

    /** What two files hold. */
    public sealed interface Parsed {
        /** They belong together and are good for a client; whether it is their time is not looked at. */
        record Read(ClientIdentity identity) implements Parsed {}

        /** A condition's reason, and why they cannot be used, in words that quote nothing of the key. */
        record Fault(String reason, String why) implements Parsed {}
    }

    /**
     * @param certificatePem the client's certificate and then those that lead to its authority
     * @param keyPem its key: PKCS#8, or as OpenSSL writes them, PKCS#1 for RSA and SEC1 for EC
     */
    public static Parsed parse(String certificatePem, String keyPem) {
        return IdentityFiles.read(certificatePem, keyPem);
    }

    /** The client's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Whose it is. */
    public String subject() {
        return certificate().getSubjectX500Principal().getName();
    }

    /** The fingerprint of the client's certificate, in lower-case hexadecimal. */
    public String sha256() {
        return Certificates.sha256(certificate());
    }

    /** When the first of its certificates ends. */
    public Instant notAfter() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The chain as a file {@code tls.crt} holds it. */
    public String certificatePem() {
        return Certificates.pem(chain);
    }

    /** The key as a file {@code tls.key} holds it, in PKCS#8. */
    public String keyPem() {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN PRIVATE KEY-----\n" + lines.encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    public String toString() {
        return "ClientIdentity[%s, SHA-256 %s]".formatted(subject(), sha256());
    }
}
