package dev.workerpool.broker.redis;

import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Verification;
import dev.workerpool.broker.Verification.Extent;
import dev.workerpool.tls.VouchedPath;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts exactly the given roots, and checks chain and name by the JDK, or as much of it as is asked for. A refusal comes as {@link Distrust}, in words:
 * the JDK's own say neither whose certificate it was nor for which names it is.
 */
final class Trust extends X509ExtendedTrustManager {
    private final List<X509Certificate> roots;
    private final Extent extent;
    private final X509ExtendedTrustManager jdk;
    private volatile String protocol = "";
    private volatile List<X509Certificate> path = List.of();

    private Trust(Verification verification, X509ExtendedTrustManager jdk) {
        this.roots = verification.roots();
        this.extent = verification.extent();
        this.jdk = jdk;
    }

    static Trust by(Verification verification) throws GeneralSecurityException {
        try {
            List<X509Certificate> roots = verification.roots();
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("root-" + i, roots.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return new Trust(verification, (X509ExtendedTrustManager) factory.getTrustManagers()[0]);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** The protocol of the last handshake that came so far as to show a certificate, such as TLSv1.3. */
    String protocol() {
        return protocol;
    }

    /** What the last server that was verified stands on: its own certificate first, the root last; unverified, what it showed. */
    List<X509Certificate> path() {
        return path;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        SSLSession handshake = engine.getHandshakeSession();
        if (extent == Extent.None) {
            shown(List.of(chain), handshake);
            return;
        }
        if (roots.isEmpty()) {
            // The JDK throws something unchecked then.
            throw chainRefused(chain, new CertificateException("nobody is trusted"));
        }
        try {
            // The chain alone first: so that a wrong name is told from a wrong authority.
            jdk.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw chainRefused(chain, e);
        }
        if (extent == Extent.Full) {
            checkName(chain, authType, engine);
        }
        shown(VouchedPath.of(List.of(chain), roots), handshake);
    }

    private void shown(List<X509Certificate> chain, SSLSession handshake) {
        path = chain;
        protocol = handshake.getProtocol();
    }

    private void checkName(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        try {
            jdk.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw e.getCause() instanceof CertPathValidatorException
                    ? chainRefused(chain, e)
                    : new Distrust(
                            Cause.CertificateNameMismatch,
                            CertificateWords.wrongName(chain[0], engine.getPeerHost()),
                            e);
        }
    }

    private Distrust chainRefused(X509Certificate[] chain, CertificateException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return new Distrust(Cause.CertificateExpired, CertificateWords.notValidNow(chain, cause), refusal);
            }
        }
        return new Distrust(
                Cause.CertificateNotTrusted, CertificateWords.unknownAuthority(chain, roots, refusal), refusal);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return roots.toArray(X509Certificate[]::new);
    }

    // A Redis client meets servers, and Netty verifies them through an engine.

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server is verified together with its name");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("a server is verified through an engine");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no client is trusted");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("no client is trusted");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no client is trusted");
    }
}
