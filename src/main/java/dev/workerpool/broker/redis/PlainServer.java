package dev.workerpool.broker.redis;

import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A second look at a server that does not answer a TLS handshake: a plain Redis takes the handshake for the beginning
 * of a command, and waits for its end. Nothing secret is said.
 */
final class PlainServer {
    private PlainServer() {}

    /** Whether it answers a plain PING; takes at most twice the patience. */
    static boolean answers(Endpoint endpoint, AddressGuard guard, Duration patience) {
        int millis = Math.max(1, Math.toIntExact(patience.toMillis()));
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(endpoint.host());
            if (guard.refusal(address).isPresent()) {
                return false;
            }
            socket.connect(new InetSocketAddress(address, endpoint.port()), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            int first = socket.getInputStream().read();
            return first == '+' || first == '-';
        } catch (IOException e) {
            return false;
        }
    }
}
