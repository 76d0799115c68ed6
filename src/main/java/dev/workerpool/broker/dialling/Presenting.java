package dev.workerpool.broker.dialling;

import dev.workerpool.tls.ClientIdentity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What is presented to a server that asks for a client certificate: the one there is, whichever authorities the server says it takes, as OpenSSL
 * does. The JDK's own would present none where none of them signed it, and the server would say that none was given. Remembers
 * whether it was asked: of a server that hangs up nobody would know why.
 */
public final class Presenting extends X509ExtendedKeyManager {
    private static final String ALIAS = "identity";

    private final Optional<ClientIdentity> identity;
    private volatile boolean asked;
    private volatile boolean fits = true;

    public Presenting(Optional<ClientIdentity> identity) {
        this.identity = identity;
    }

    Optional<ClientIdentity> identity() {
        return identity;
    }

    /** Whether a server wanted one. */
    boolean wasAsked() {
        return asked;
    }

    /** Whether the server takes keys of this kind. */
    boolean fits() {
        return fits;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        asked = true;
        if (identity.isEmpty()) {
            return null;
        }
        // A TLS 1.3 handshake asks for one kind after the other until there is one.
        fits = List.of(keyTypes).contains(identity.get().key().getAlgorithm());
        return fits ? ALIAS : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        return identity.map(own -> own.chain().toArray(X509Certificate[]::new)).orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        return identity.map(ClientIdentity::key).orElse(null);
    }

    // Netty asks through an engine, and a client is no server.

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public String @Nullable [] getClientAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
