package dev.workerpool.testing.builders;

import dev.workerpool.tls.Authority;
import dev.workerpool.tls.FreshKey;
import dev.workerpool.tls.Validity;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;

/** Keys for tests, P-256. */
public final class FreshKeys {
    private FreshKeys() {}

    public static FreshKey next() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new FreshKey(generator.generateKeyPair(), new BigInteger(120, new SecureRandom()).setBit(119));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An authority that is good for so long. */
    public static Authority authority(String name, Instant now, Duration life) {
        return Authority.selfSigned(name, next(), Validity.starting(now, life));
    }
}
