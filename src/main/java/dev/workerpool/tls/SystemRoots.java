package dev.workerpool.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The public authorities that this process itself trusts: the JDK's, or those of {@code javax.net.ssl.trustStore}. */
public final class SystemRoots {
    private SystemRoots() {}

    /** Always in the same order, since a trust Secret is named by its content. */
    public static List<X509Certificate> load() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((@Nullable KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                    .sorted(Comparator.comparing((X509Certificate root) ->
                                    root.getSubjectX500Principal().getName())
                            .thenComparing(X509Certificate::getSerialNumber))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no usable trust store", e);
        }
    }
}
