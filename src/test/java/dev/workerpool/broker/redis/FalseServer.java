package dev.workerpool.broker.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Something else than Redis: it reads once from each client, says its words, and hangs up. */
final class FalseServer implements AutoCloseable {
    private final ServerSocket socket;

    private FalseServer(ServerSocket socket) {
        this.socket = socket;
    }

    static FalseServer saying(String words) {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            byte[] answer = words.getBytes(StandardCharsets.ISO_8859_1);
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    answer(socket, answer);
                }
            });
            return new FalseServer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(ServerSocket server, byte[] words) {
        try (Socket client = server.accept()) {
            if (client.getInputStream().read(new byte[4096]) > 0) {
                client.getOutputStream().write(words);
            }
        } catch (IOException e) {
            // The client left, or the test is over.
        }
    }
}
