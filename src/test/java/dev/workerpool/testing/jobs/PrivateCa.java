package dev.workerpool.testing.jobs;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
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

    /** The same with this authority's own certificate behind it, as a server shows its whole chain. */
    public Leaf leafInChain() {
        Leaf leaf = leaf();
        return new Leaf(leaf.certificatePem() + pem, leaf.keyPem());
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

    /** A server's certificate that vouches for itself alone: good for localhost, no authority. */
    public static Leaf selfSignedLeaf() {
        KeyPair own = newKeys();
        Certifying itself = new Certifying(new X500Name("CN=localhost"), own);
        Instant until = Instant.now().plus(SEASON);
        return new Leaf(Pem.of(itself.server(own.getPublic(), until, LOCALHOST, LOOPBACK)), Pem.of(own.getPrivate()));
    }

    /** A server's whose purpose is said, and is no client's. */
    public Leaf serverAloneLeaf() {
        KeyPair own = newKeys();
        Instant until = Instant.now().plus(SEASON);
        return new Leaf(
                Pem.of(new Certifying(name, keys).serverAlone(own.getPublic(), until, LOCALHOST)),
                Pem.of(own.getPrivate()));
    }

    /** For a client of any kind of key; good for so long from now. */
    public String clientPem(String client, PublicKey key, Duration validFor) {
        return Pem.of(new Certifying(name, keys)
                .client(new X500Name("CN=" + client), key, Instant.now().plus(validFor)));
    }

    /** What a client presents. */
    public Leaf client(String client) {
        return clientFor(client, SEASON);
    }

    /** The same, for so long from now. */
    public Leaf clientFor(String client, Duration validFor) {
        KeyPair own = newKeys();
        return new Leaf(clientPem(client, own.getPublic(), validFor), Pem.of(own.getPrivate()));
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
