package dev.workerpool.testing.trust;

import dev.workerpool.testing.jobs.Pem;
import dev.workerpool.testing.jobs.PrivateCa;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What stands in the file of certificates that a worker is told to trust. */
public enum Anchors {
    /** Every public authority that this JDK knows, and the private one. */
    BUNDLE,
    /** The private authority alone, as after a first use. */
    AUTHORITY,
    /** The self-signed certificate of the server itself. */
    LEAF;

    String pem(PrivateCa ca, String selfSigned) {
        return switch (this) {
            case BUNDLE -> publicAuthorities() + ca.pem();
            case AUTHORITY -> ca.pem();
            case LEAF -> selfSigned;
        };
    }

    private static String publicAuthorities() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                    .map(Pem::of)
                    .collect(Collectors.joining());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
