package dev.workerpool.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What servers present that nobody should believe who trusts one authority: each chain has at least one fault, and some have noise beside it. */
public final class BrokenChains {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int FAULTS = 13;

    /** As if they were names: what a terminal, a YAML file or a status might trip over. */
    private static final List<String> NASTY = List.of(
            "right\ntls: {verify: None}",
            "\u001b[2J\u001b[31mright",
            "\u202eelpmaxe.thgir",
            "x".repeat(3_000),
            "\u0000",
            "{{.Status}} %s %n ${jndi:ldap://localhost/x}",
            "*",
            " ");

    private final RandomGenerator dice;
    private final Instant now;
    private final Party authority = new Party(new X500Name("CN=The authority"), newKeys());
    private final Party between = new Party(new X500Name("CN=Between"), newKeys());
    private final Party stranger = new Party(new X500Name("CN=A stranger"), newKeys());
    private final KeyPair server = newKeys();

    private record Party(X500Name name, KeyPair keys) {
        Party called(X500Name otherwise) {
            return new Party(otherwise, keys);
        }
    }

    private record Validity(Instant from, Instant until) {}

    public BrokenChains(RandomGenerator dice, Instant now) {
        this.dice = dice;
        this.now = now;
    }

    /** What is to be trusted. */
    public X509Certificate authority() {
        return certificate(authority, authority, valid(), List.of(isAuthority(1)));
    }

    /** The server's own key, whatever it presents. */
    public PrivateKey key() {
        return server.getPrivate();
    }

    /** For a server that is asked for this name. */
    public List<X509Certificate> next(String name) {
        List<X509Certificate> chain = new ArrayList<>(broken(name));
        IntStream.range(0, dice.nextInt(3)).forEach(any -> chain.add(chain.get(dice.nextInt(chain.size()))));
        return List.copyOf(chain);
    }

    private List<X509Certificate> broken(String name) {
        Party subject = new Party(dice.nextInt(3) == 0 ? nasty() : new X500Name("CN=" + name), server);
        Extension right = names(name);
        return switch (dice.nextInt(FAULTS)) {
            case 0 -> List.of(leaf(subject, ended(), right), authority());
            case 1 -> List.of(leaf(subject, notBegun(), right));
            case 2 -> List.of(leaf(subject, valid(), names(wrongNames())));
            case 3 -> List.of(leaf(new Party(nasty(), server), valid()));
            case 4 ->
                List.of(
                        certificate(subject, stranger, valid(), List.of(right)),
                        certificate(stranger, stranger, valid(), List.of(isAuthority(0))));
            case 5 ->
                List.of(certificate(subject, stranger.called(authority.name()), valid(), List.of(right)), authority());
            case 6 -> List.of(certificate(subject, subject, valid(), List.of(right)));
            case 7 -> List.of(certificate(subject, between, valid(), List.of(right)));
            case 8 -> below(subject, right, certificate(between, authority, valid(), List.of()));
            case 9 -> below(subject, right, certificate(between, authority, ended(), List.of(isAuthority(0))));
            case 10 -> List.of(leaf(subject, valid(), right, forClientsAlone()));
            case 11 -> List.of(leaf(subject, valid(), right, unknown()));
            default -> List.of(flipped(leaf(subject, valid(), right)), authority());
        };
    }

    private X509Certificate leaf(Party subject, Validity validity, Extension... extensions) {
        return certificate(subject, authority, validity, List.of(extensions));
    }

    private List<X509Certificate> below(Party subject, Extension right, X509Certificate intermediate) {
        return List.of(certificate(subject, between, valid(), List.of(right)), intermediate);
    }

    private Validity valid() {
        return new Validity(now.minus(DAY), now.plus(DAY.multipliedBy(30)));
    }

    private Validity ended() {
        Instant end = now.minus(DAY.multipliedBy(dice.nextInt(1, 9_000)));
        return new Validity(end.minus(DAY), end);
    }

    private Validity notBegun() {
        Instant begin = now.plus(DAY.multipliedBy(dice.nextInt(1, 9_000)));
        return new Validity(begin, begin.plus(DAY));
    }

    private X500Name nasty() {
        return new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERUTF8String(one(NASTY)))
                .build();
    }

    private GeneralName[] wrongNames() {
        return IntStream.range(0, dice.nextInt(1, 40))
                .mapToObj(i -> dice.nextBoolean() ? one(NASTY) : "wrong-" + i + ".example")
                .map(name -> new GeneralName(GeneralName.dNSName, name.replaceAll("[^ -~]", "?")))
                .toArray(GeneralName[]::new);
    }

    private <T> T one(List<T> of) {
        return of.get(dice.nextInt(of.size()));
    }

    private X509Certificate flipped(X509Certificate certificate) {
        try {
            byte[] der = certificate.getEncoded();
            der[der.length - 1] ^= (byte) 1;
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Extension names(String name) {
        return names(new GeneralName(GeneralName.dNSName, name));
    }

    private static Extension names(GeneralName... names) {
        return extension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    private static Extension isAuthority(int below) {
        return extension(Extension.basicConstraints, true, new BasicConstraints(below));
    }

    private static Extension forClientsAlone() {
        return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    }

    private static Extension unknown() {
        return extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1"), true, DERNull.INSTANCE);
    }

    private static Extension extension(ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
        try {
            return Extension.create(kind, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509Certificate certificate(Party subject, Party issuer, Validity validity, List<Extension> extensions) {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer.name(),
                BigInteger.valueOf(dice.nextLong(1, Long.MAX_VALUE)),
                Date.from(validity.from()),
                Date.from(validity.until()),
                subject.name(),
                subject.keys().getPublic());
        try {
            for (Extension extension : extensions) {
                builder.addExtension(extension);
            }
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(issuer.keys().getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
