package dev.workerpool.testing.jobs;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;

/** A company's own certificate authority: P-256, no intermediate, valid from yesterday for a year. */
public final class PrivateCa {
    private static final Duration SEASON = Duration.ofDays(90);
    private static final GeneralName LOCALHOST = new GeneralName(GeneralName.dNSName, "localhost");
    private static final GeneralName LOOPBACK = new GeneralName(GeneralName.iPAddress, "127.0.0.1");

    private final X500Name name;
    private final KeyPair keys;
    private final String pem;

    private PrivateCa(X500Name name, KeyPair keys) {
        this.name = name;
        this.keys = keys;
        this.pem =
                Pem.of(new Certifying(name, keys).authority(name, Instant.now().plus(SEASON.multipliedBy(4))));
    }

    /** Each has its own name and key, so that no two of them vouch for the same servers. */
    public static PrivateCa create() {
        byte[] suffix = new byte[4];
        new SecureRandom().nextBytes(suffix);
        return new PrivateCa(new X500Name("CN=Private CA " + HexFormat.of().formatHex(suffix)), newKeys());
    }

    /** Its common name. */
    public String name() {
        return name.toString().substring("CN=".length());
    }

    public String pem() {
        return pem;
    }

    /** What a server on this machine presents: good for localhost and 127.0.0.1. */
    public Leaf leaf() {
        return leaf(SEASON, LOCALHOST, LOOPBACK);
    }

    /** The same, for so long from now. */
    public Leaf leafFor(Duration validity) {
        return leaf(validity, LOCALHOST, LOOPBACK);
    }

    /** Signed by this authority, but for another name than localhost. */
    public Leaf leafOfAnotherName() {
        return leaf(SEASON, new GeneralName(GeneralName.dNSName, "elsewhere.example"));
    }

    /** Right in everything but its time: it ended an hour ago. */
    public Leaf expiredLeaf() {
        return leaf(Duration.ofHours(-1), LOCALHOST, LOOPBACK);
    }

    private Leaf leaf(Duration validFor, GeneralName... names) {
        KeyPair own = newKeys();
        Instant until = Instant.now().plus(validFor);
        return new Leaf(
                Pem.of(new Certifying(name, keys).server(own.getPublic(), until, names)), Pem.of(own.getPrivate()));
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
