package dev.workerpool.tls;

import java.security.PublicKey;

/** What keys are made with, of an authority and of those it signs for. */
public enum KeyAlgorithm {
    /** On P-256. */
    ECDSA("EC"),
    /** For what cannot do the other. */
    RSA("RSA");

    private final String ofKeys;

    KeyAlgorithm(String ofKeys) {
        this.ofKeys = ofKeys;
    }

    /** Whether such a key is of this kind. */
    public boolean made(PublicKey key) {
        return key.getAlgorithm().equals(ofKeys);
    }
}
