package dev.workerpool.story.badinput;

import dev.workerpool.testing.jobs.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;

/** A TLS server that presents to each client the chain for the name it asks for, and hears what those say who believe it. */
final class Presenter implements AutoCloseable {
    private final Door door;
    private final List<String> believed = new CopyOnWriteArrayList<>();

    private Presenter(ServerSocket socket) {
        this.door = Door.of(socket, this::shake);
    }

    static Presenter of(Map<String, List<X509Certificate>> chains, PrivateKey key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new ByName(chains, key)}, null, null);
            return new Presenter(
                    context.getServerSocketFactory().createServerSocket(0, 500, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return door.port();
    }

    /** The names under which somebody has completed a handshake with it. */
    List<String> believed() {
        return List.copyOf(believed);
    }

    private void shake(Socket client) throws IOException {
        SSLSocket secured = (SSLSocket) client;
        secured.startHandshake();
        believed.add(ByName.asked(secured.getSession()));
    }

    @Override
    public void close() {
        door.close();
    }

    private static final class ByName extends X509ExtendedKeyManager {
        private final Map<String, List<X509Certificate>> chains;
        private final PrivateKey key;

        ByName(Map<String, List<X509Certificate>> chains, PrivateKey key) {
            this.chains = Map.copyOf(chains);
            this.key = key;
        }

        static String asked(SSLSession session) {
            return ((ExtendedSSLSession) session)
                    .getRequestedServerNames().stream()
                            .map(name -> ((SNIHostName) name).getAsciiName())
                            .findFirst()
                            .orElse("");
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket client) {
            return asked(((SSLSocket) client).getHandshakeSession());
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chains.getOrDefault(alias, List.of()).toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return chains.keySet().toArray(String[]::new);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket client) {
            return "";
        }
    }
}
