package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Stands between a client and the API server, and does to each mutating request what an {@link Interceptor} decides. All else,
 * watches and web sockets included, flows through as it comes. It speaks HTTP/1.1 alone: it offers no other protocol by ALPN.
 */
public final class ApiProxy implements AutoCloseable {

    private final int apiServerPort;
    private final SSLContext towardsServer;
    private final NumberedInterceptor interceptor;
    private final SSLServerSocket listening;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Path kubeconfig;
    private volatile Passing passing = Passing.ALL;

    /** What comes through. */
    public enum Passing {
        ALL,
        /** Whoever is behind the proxy goes on with what he has read before. */
        WRITES,
        /** As when the API server is away. */
        NOTHING
    }

    /** Where to, as whom, and for whose certificates. */
    record Upstream(int port, TestAuthority authority, RunFolder folder) {}

    private ApiProxy(Upstream upstream, Optional<Identity> identity, Interceptor interceptor, String token) {
        String authority = upstream.authority().certificate();
        this.apiServerPort = upstream.port();
        this.towardsServer = TestTls.context(authority, identity);
        this.interceptor = NumberedInterceptor.of(interceptor);
        this.listening = listen(
                TestTls.context(authority, Optional.of(upstream.authority().server())));
        Kubeconfig text = new Kubeconfig("https://127.0.0.1:" + listening.getLocalPort(), authority);
        this.kubeconfig = upstream.folder()
                .write(
                        "proxy-" + listening.getLocalPort() + ".kubeconfig",
                        token.isEmpty() ? text.withoutCredentials() : text.withToken(token));
        Thread.ofVirtual().name("api-proxy").start(this::accept);
    }

    /** Whoever comes is the subject. */
    static ApiProxy as(Upstream upstream, Subject subject, Interceptor interceptor) {
        return new ApiProxy(upstream, Optional.of(upstream.authority().client(subject)), interceptor, "");
    }

    /** Whoever comes is who his own token says; the kubeconfig has this one. */
    static ApiProxy withToken(Upstream upstream, String token, Interceptor interceptor) {
        return new ApiProxy(upstream, Optional.empty(), interceptor, token);
    }

    /** For clients that shall go through this proxy. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Cuts all connections; from now on only this comes through. */
    public void pass(Passing what) {
        passing = what;
        connections.forEach(ProxiedConnection::cut);
    }

    private static SSLServerSocket listen(SSLContext context) {
        try {
            return (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                // Closed while it waited.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = connect()) {
            client.setTcpNoDelay(true);
            ProxiedConnection connection =
                    new ProxiedConnection(client, server, interceptor, () -> passing == Passing.ALL);
            connections.add(connection);
            if (passing != Passing.NOTHING) {
                connection.run();
            }
            connections.remove(connection);
        } catch (IOException e) {
            // The API server is down: closing the client's connection is all that there is to tell.
        }
    }

    private Socket connect() throws IOException {
        SSLSocket server = (SSLSocket)
                towardsServer.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), apiServerPort);
        SSLParameters parameters = server.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        server.setSSLParameters(parameters);
        server.setTcpNoDelay(true);
        return server;
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(ProxiedConnection::cut);
    }
}
