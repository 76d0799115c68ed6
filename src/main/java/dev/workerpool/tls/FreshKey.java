package dev.workerpool.tls;

import java.math.BigInteger;
import java.security.KeyPair;

/**
 * A key that nobody has had before, and the number of the certificate it is for.
 *
 * @param serial positive, and no other certificate's of the same authority
 */
public record FreshKey(KeyPair keys, BigInteger serial) {
    @Override
    public String toString() {
        return "FreshKey[" + keys.getPublic().getAlgorithm() + "]";
    }
}
