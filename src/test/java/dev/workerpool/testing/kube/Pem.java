package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Objects;
import org.bouncycastle.cert.X509CertificateHolder;

/** Text forms of keys and certificates. */
final class Pem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String certificate(X509CertificateHolder certificate) {
        try {
            return of("CERTIFICATE", certificate.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String privateKey(PrivateKey key) {
        return of("PRIVATE KEY", encoded(key));
    }

    static String publicKey(PublicKey key) {
        return of("PUBLIC KEY", encoded(key));
    }

    /** The bytes of the first block of a PEM text. */
    static byte[] decode(String pem) {
        String body = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        return Base64.getDecoder().decode(body);
    }

    private static byte[] encoded(Key key) {
        return Objects.requireNonNull(key.getEncoded());
    }

    private static String of(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + new String(LINES.encode(content), StandardCharsets.US_ASCII)
                + "\n-----END " + label + "-----\n";
    }
}
