package dev.workerpool.tls;

import java.security.cert.X509Certificate;

/**
 * The authority that a server presented at first use, by which it is known from then on.
 *
 * @param place host and port of the server
 * @param source a digest of the URL that named it: another one is another decision of people
 */
public record Pin(String place, String source, X509Certificate authority) {
    /** Whose the authority is. */
    public String subject() {
        return Certificates.subject(authority);
    }

    /** The fingerprint of the authority, in lower-case hexadecimal. */
    public String sha256() {
        return Certificates.sha256(authority);
    }
}
