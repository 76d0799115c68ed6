package dev.workerpool.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that only hears how its first client begins, and says nothing. */
final class Listening implements AutoCloseable {
    private static final int MORE_THAN_A_CLIENT_HELLO = 16_384;

    private final ServerSocket server;
    private final CompletableFuture<String> heard;

    Listening() {
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heard = CompletableFuture.supplyAsync(this::hear);
    }

    int port() {
        return server.getLocalPort();
    }

    String firstBytes() {
        return heard.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private String hear() {
        try (Socket client = server.accept()) {
            byte[] bytes = new byte[MORE_THAN_A_CLIENT_HELLO];
            int count = client.getInputStream().read(bytes);
            return new String(bytes, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
