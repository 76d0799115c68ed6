package dev.workerpool.testing.jobs;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/** An authority that a company keeps: a root, or one below another. P-256, good since yesterday. */
public final class AnAuthority {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int MOST_BELOW = 2;

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private AnAuthority(X500Name name, KeyPair keys, X509Certificate certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    public static AnAuthority root(String commonName) {
        return root(commonName, MOST_BELOW);
    }

    /** @param below how many others it may vouch for in a row */
    public static AnAuthority root(String commonName, int below) {
        X500Name name = new X500Name("CN=" + commonName);
        KeyPair keys = keys();
        return new AnAuthority(
                name, keys, new Certifying(name, keys).authority(name, keys.getPublic(), in(YEAR), below));
    }

    /** One that this one vouches for. */
    public AnAuthority below(String commonName) {
        return below(commonName, YEAR);
    }

    public AnAuthority below(String commonName, Duration life) {
        X500Name subject = new X500Name("CN=" + commonName);
        KeyPair own = keys();
        return new AnAuthority(
                subject, own, new Certifying(name, keys).authority(subject, own.getPublic(), in(life), 0));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String pem() {
        return Pem.of(certificate);
    }

    public String keyPem() {
        return Pem.of(keys.getPrivate());
    }

    /** As a person writes it. */
    public String secret(String name, List<AnAuthority> above) {
        String more = above.stream().map(AnAuthority::pem).reduce("", String::concat);
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData:
                  tls.crt: "%s"
                  tls.key: "%s"
                  ca.crt: "%s"
                """.formatted(name, line(pem()), line(keyPem()), line(more));
    }

    private static String line(String text) {
        return text.replace("\n", "\\n");
    }

    private static Instant in(Duration life) {
        return Instant.now().plus(life);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
