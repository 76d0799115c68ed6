package dev.workerpool.broker.dialling;

import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.ServerCertificate;
import dev.workerpool.broker.Verification;
import dev.workerpool.broker.Verification.Extent;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.Subjects;
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
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts exactly the given roots, and checks chain and name by the JDK, or as much of it as is asked for. A refusal comes as {@link Distrust}, in words:
 * the JDK's own say neither whose certificate it was nor for which names it is.
 */
public final class Trust extends X509ExtendedTrustManager {
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

    /** @throws IllegalStateException where this JDK cannot verify anything */
    public static Trust by(Verification verification) {
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
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot verify certificates", e);
        }
    }

    /** The protocol of the last handshake that came so far as to show a certificate, such as TLSv1.3. */
    public String protocol() {
        return protocol;
    }

    /** What the last server that was verified stands on: its own certificate first, the root last; unverified, what it showed. */
    public List<X509Certificate> path() {
        return path;
    }

    /** The same in the words of a status. */
    public List<ServerCertificate> chain() {
        return path.stream()
                .map(certificate -> new ServerCertificate(
                        Certificates.subject(certificate),
                        Subjects.of(certificate.getIssuerX500Principal()),
                        Certificates.sha256(certificate),
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                .toList();
    }

    /** The JDK's own check of the name, through what is being dialled. */
    @FunctionalInterface
    private interface NameCheck {
        void run() throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, authType, engine.getHandshakeSession(), () -> jdk.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket tls)) {
            throw new CertificateException("a server is verified together with its name");
        }
        check(chain, authType, tls.getHandshakeSession(), () -> jdk.checkServerTrusted(chain, authType, tls));
    }

    private void check(X509Certificate[] chain, String authType, SSLSession handshake, NameCheck name)
            throws CertificateException {
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
            checkName(chain, name, handshake.getPeerHost());
        }
        shown(VouchedPath.of(List.of(chain), roots), handshake);
    }

    private void shown(List<X509Certificate> chain, SSLSession handshake) {
        path = chain;
        protocol = handshake.getProtocol();
    }

    private void checkName(X509Certificate[] chain, NameCheck name, @Nullable String asked)
            throws CertificateException {
        try {
            name.run();
        } catch (CertificateException e) {
            throw e.getCause() instanceof CertPathValidatorException
                    ? chainRefused(chain, e)
                    : new Distrust(Cause.CertificateNameMismatch, CertificateWords.wrongName(chain[0], asked), e);
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

    // A broker's client meets servers, and verifies them through an engine or a socket.

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server is verified together with its name");
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
