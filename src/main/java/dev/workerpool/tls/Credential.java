package dev.workerpool.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate by which messages are verified, and the key by which they are signed. Shows neither.
 *
 * @param certificatePem one certificate alone: of several in one file Celery reads the first
 * @param keyPem in PKCS#8, not encrypted; empty where it is not held any more
 */
public record Credential(String certificatePem, String keyPem, Instant from, Instant until) {

    /** One that vouches for itself: Celery looks at no chain, but for that very certificate in its store. */
    public static Credential selfSigned(String commonName, FreshKey fresh, Validity validity) {
        X509Certificate certificate = Signing.ofMessages(commonName, fresh, validity);
        return new Credential(
                Certificates.pem(List.of(certificate)),
                new ClientIdentity(List.of(certificate), fresh.keys().getPrivate()).keyPem(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** For whoever verifies. */
    public Credential withoutKey() {
        return new Credential(certificatePem, "", from, until);
    }

    @Override
    public String toString() {
        return "Credential[" + from + " to " + until + "]";
    }
}
