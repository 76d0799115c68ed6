package dev.workerpool.testing.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes every connection at a port, and lets its host see to each on a thread of its own. */
public final class Door implements AutoCloseable {
    /** Sees to one connection. That the client leaves meanwhile is nothing to be told. */
    @FunctionalInterface
    public interface Host {
        void receive(Socket client) throws IOException;
    }

    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger taken = new AtomicInteger();

    private Door(ServerSocket socket) {
        this.socket = socket;
    }

    /** On a port of its own on loopback. */
    public static Door opened(Host host) {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), host);
    }

    public static Door at(InetSocketAddress address, Host host) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address, 500);
            return of(socket, host);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a socket that may speak TLS, or whatever it is. */
    public static Door of(ServerSocket socket, Host host) {
        Door made = new Door(socket);
        Thread.ofVirtual().start(() -> made.take(host));
        return made;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How many have connected. */
    public int taken() {
        return taken.get();
    }

    /** Ends every connection there is; others are taken as before. */
    public void cut() {
        open.forEach(this::end);
    }

    /** What is said first, if anything is. */
    static Optional<String> firstWords(Socket client) throws IOException {
        byte[] first = new byte[4096];
        int count = client.getInputStream().read(first);
        return count > 0 ? Optional.of(new String(first, 0, count, StandardCharsets.ISO_8859_1)) : Optional.empty();
    }

    private void take(Host host) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                taken.incrementAndGet();
                open.add(client);
                Thread.ofVirtual().start(() -> receive(client, host));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private void receive(Socket client, Host host) {
        try {
            host.receive(client);
        } catch (IOException e) {
            // It left.
        } finally {
            end(client);
        }
    }

    private void end(Socket client) {
        open.remove(client);
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
