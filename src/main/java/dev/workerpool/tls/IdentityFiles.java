package dev.workerpool.tls;

import dev.workerpool.tls.ClientIdentity.Parsed;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Optional;

/** Reads a client's certificate and key, and looks whether they belong together. */
final class IdentityFiles {
    private static final String UNREADABLE = "ClientCertificateUnreadable";
    static final String MISMATCH = "ClientKeyMismatch";
    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final String FOR_ANYTHING = "2.5.29.37.0";

    /** What OpenSSL takes at its usual level of security, which servers keep. */
    private static final int LEAST_RSA = 2048;

    private IdentityFiles() {}

    static Parsed read(String certificatePem, String keyPem) {
        Certificates.Parsed certificates = Certificates.parse(certificatePem, "tls.crt");
        if (certificates.fault().isPresent()) {
            return new Parsed.Fault(UNREADABLE, certificates.fault().get());
        }
        return switch (PrivateKeys.parse(keyPem)) {
            case PrivateKeys.Parsed.Fault fault -> new Parsed.Fault(UNREADABLE, "tls.key: " + fault.why());
            case PrivateKeys.Parsed.Read read -> matched(certificates.certificates(), read.key());
        };
    }

    private static Parsed matched(List<X509Certificate> chain, PrivateKey key) {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA) {
            return new Parsed.Fault(
                    UNREADABLE,
                    "tls.key: an RSA key of %d bits is too short for TLS: take %d or more, or EC"
                            .formatted(rsa.getModulus().bitLength(), LEAST_RSA));
        }
        for (int i = 0; i < chain.size(); i++) {
            if (Signing.belongs(key, chain.get(i))) {
                return i == 0 ? purposed(new ClientIdentity(chain, key)) : misplaced(i, chain.get(i));
            }
        }
        return new Parsed.Fault(
                MISMATCH,
                "the key in tls.key is not that of the certificate in tls.crt, %s (SHA-256 %s)"
                        .formatted(subject(chain.getFirst()), Certificates.sha256(chain.getFirst())));
    }

    private static Parsed misplaced(int at, X509Certificate own) {
        return new Parsed.Fault(
                MISMATCH,
                "the key in tls.key is that of certificate %d in tls.crt, %s: it must come first, before those that signed it"
                        .formatted(at + 1, subject(own)));
    }

    private static Parsed purposed(ClientIdentity identity) {
        Optional<List<String>> purposes = purposes(identity.certificate());
        return purposes.isEmpty()
                        || purposes.get().contains(FOR_CLIENTS)
                        || purposes.get().contains(FOR_ANYTHING)
                ? new Parsed.Read(identity)
                : new Parsed.Fault(
                        UNREADABLE,
                        "the certificate in tls.crt, %s, is not for clients: its extended key usage lacks clientAuth"
                                .formatted(identity.subject()));
    }

    /** Empty where it is for every purpose. */
    private static Optional<List<String>> purposes(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException e) {
            return Optional.of(List.of());
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
