package dev.workerpool.operator;

import dev.workerpool.tls.FreshKey;
import dev.workerpool.tls.KeyAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;

/** Where keys come from. */
final class Mint {
    /** What authorities and their leaves still pass for in 2030 (NIST SP 800-57). */
    private static final int RSA_BITS = 3072;

    /** As many as RFC 5280 allows, the sign aside. */
    private static final int SERIAL_BITS = 158;

    private final SecureRandom random = new SecureRandom();

    /** Of keys that sign each message anew, and are followed by others within months; good until 2030 by the same source. */
    private static final int RSA_BITS_OF_MESSAGES = 2048;

    /** Celery knows RSA alone. */
    FreshKey signingKey() {
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(RSA_BITS_OF_MESSAGES, random);
            return new FreshKey(rsa.generateKeyPair(), serial());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no RSA keys", e);
        }
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    }

    FreshKey key(KeyAlgorithm algorithm) {
        try {
            KeyPairGenerator generator = switch (algorithm) {
                case ECDSA -> {
                    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
                    curve.initialize(new ECGenParameterSpec("secp256r1"), random);
                    yield curve;
                }
                case RSA -> {
                    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
                    rsa.initialize(RSA_BITS, random);
                    yield rsa;
                }
            };
            return new FreshKey(generator.generateKeyPair(), serial());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no keys of kind " + algorithm, e);
        }
    }
}
