package dev.workerpool.tls;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Private keys in PEM, in each of the ways they are written. What cannot be read is never quoted. */
final class PrivateKeys {
    /** What the JDK can sign a handshake with. */
    private static final Set<String> KINDS = Set.of("RSA", "EC");

    private PrivateKeys() {}

    /** What a file holds. */
    sealed interface Parsed {
        record Read(PrivateKey key) implements Parsed {}

        /** In words for people. */
        record Fault(String why) implements Parsed {}
    }

    /** The first key of the file; OpenSSL writes the parameters of an EC key before it. */
    static Parsed parse(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                switch (found) {
                    case PrivateKeyInfo info -> {
                        return converted(info);
                    }
                    case PEMKeyPair pair -> {
                        return converted(pair.getPrivateKeyInfo());
                    }
                    case PKCS8EncryptedPrivateKeyInfo locked -> {
                        return encrypted();
                    }
                    case PEMEncryptedKeyPair locked -> {
                        return encrypted();
                    }
                    default -> {
                        // A certificate, or parameters: the key may follow.
                    }
                }
            }
            return new Parsed.Fault("it holds no private key in PEM (BEGIN PRIVATE KEY)");
        } catch (IOException | RuntimeException e) {
            // The parser throws whatever comes to it, with what it has read in the message.
            return unreadable();
        }
    }

    private static Parsed converted(PrivateKeyInfo info) throws IOException {
        PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(isEc(info) ? bare(info) : info);
        return KINDS.contains(key.getAlgorithm())
                ? new Parsed.Read(key)
                : new Parsed.Fault("a key of kind " + key.getAlgorithm() + " cannot be used: take EC or RSA");
    }

    private static boolean isEc(PrivateKeyInfo info) {
        return X9ObjectIdentifiers.id_ecPublicKey.equals(
                info.getPrivateKeyAlgorithm().getAlgorithm());
    }

    /** Without the curve and the public key that OpenSSL puts beside the number: the JDK takes the curve in its own place alone. */
    private static PrivateKeyInfo bare(PrivateKeyInfo info) throws IOException {
        byte[] number = ASN1OctetString.getInstance(
                        ASN1Sequence.getInstance(info.parsePrivateKey()).getObjectAt(1))
                .getOctets();
        return new PrivateKeyInfo(
                info.getPrivateKeyAlgorithm(), new ECPrivateKey(number.length * Byte.SIZE, new BigInteger(1, number)));
    }

    private static Parsed encrypted() {
        return new Parsed.Fault("the key is encrypted: give it without a passphrase");
    }

    private static Parsed unreadable() {
        return new Parsed.Fault("the key cannot be read");
    }
}
