package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import com.rabbitmq.client.impl.SocketFrameHandler;
import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.AddressRefusal;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.dialling.AddressRefused;
import dev.workerpool.broker.dialling.Presenting;
import dev.workerpool.broker.dialling.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * The socket to a broker: the guard is asked about the very address that is connected to, and with TLS the server is verified before
 * a word is said to it. The library would dial by itself, and resolve the name a second time.
 */
final class Dial implements FrameHandlerFactory {
    private final Connection connection;
    private final AddressGuard guard;
    private final Trust trust;
    private final Presenting presenting;
    private final int patience;

    Dial(Connection connection, AddressGuard guard, Duration patience) {
        this.connection = connection;
        this.guard = guard;
        this.trust = Trust.by(connection.verification());
        this.presenting = new Presenting(connection.identity());
        this.patience = Math.max(1, Math.toIntExact(patience.toMillis()));
    }

    Trust trust() {
        return trust;
    }

    Presenting presenting() {
        return presenting;
    }

    @Override
    public FrameHandler create(Address ignored, String name) throws IOException {
        return new SocketFrameHandler(open());
    }

    Socket open() throws IOException {
        Socket plain = connected();
        try {
            return connection.endpoint().tls() ? secured(plain) : plain;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** To the first of its addresses that takes it. */
    private Socket connected() throws IOException {
        Endpoint endpoint = connection.endpoint();
        IOException last = new UnknownHostException(endpoint.host());
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            Optional<AddressRefusal> refusal = guard.refusal(address);
            if (refusal.isPresent()) {
                throw new AddressRefused(refusal.get(), endpoint.host());
            }
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(patience);
                socket.connect(new InetSocketAddress(address, endpoint.port()), patience);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private Socket secured(Socket plain) throws IOException {
        Endpoint endpoint = connection.endpoint();
        String name = connection.verification().serverName().orElse(endpoint.host());
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, name, endpoint.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        // How much of it counts is for Trust to say.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {presenting}, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK speaks no TLS", e);
        }
    }
}
