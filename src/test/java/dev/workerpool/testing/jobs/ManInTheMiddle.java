package dev.workerpool.testing.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The way from clients to a server, by an address of its own. It lets everything through, until it is told to answer itself: by TLS
 * with a certificate of its own, listening to what whoever believes it says.
 */
public final class ManInTheMiddle implements AutoCloseable {
    private final Door door;
    private final int server;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger believed = new AtomicInteger();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile Optional<SSLContext> own = Optional.empty();

    private ManInTheMiddle(int server) {
        this.server = server;
        this.door = Door.opened(this::receive);
    }

    /** Before a server on loopback. */
    public static ManInTheMiddle before(int server) {
        return new ManInTheMiddle(server);
    }

    public int port() {
        return door.port();
    }

    /** Cuts all connections; from now on it answers with this certificate. */
    public void takeOver(Leaf leaf) {
        own = Optional.of(leaf.serverContext());
        door.cut();
    }

    /** From now on every new connection goes to the server again. */
    public void stepAside() {
        own = Optional.empty();
    }

    /** How many TLS handshakes its own certificate did not survive. */
    public int refused() {
        return refused.get();
    }

    /** How many it completed. */
    public int believed() {
        return believed.get();
    }

    /** What was said to it by those who believed. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    private void receive(Socket client) throws IOException {
        client.setTcpNoDelay(true);
        Optional<SSLContext> answering = own;
        if (answering.isPresent()) {
            answer(client, answering.get());
        } else {
            passOn(client);
        }
    }

    private void passOn(Socket client) throws IOException {
        try (Socket onward = new Socket()) {
            onward.setTcpNoDelay(true);
            onward.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
            Thread.ofVirtual().start(() -> pump(onward, client));
            pump(client, onward);
        }
    }

    /** Until one of the two leaves; then the other one is told to. */
    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two has left.
        }
    }

    private void answer(Socket client, SSLContext as) throws IOException {
        try (SSLSocket secured = (SSLSocket) as.getSocketFactory().createSocket(client, null, false)) {
            try {
                secured.startHandshake();
            } catch (IOException e) {
                refused.incrementAndGet();
                return;
            }
            believed.incrementAndGet();
            Door.firstWords(secured).ifPresent(heard::add);
        }
    }

    @Override
    public void close() {
        door.close();
    }
}
