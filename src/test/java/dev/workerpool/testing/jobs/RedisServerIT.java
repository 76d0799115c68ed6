package dev.workerpool.testing.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisServerIT {
    @Test
    void aPausedServerAcceptsButDoesNotAnswerUntilItIsResumed() throws IOException {
        try (RedisServer redis = RedisServer.plain();
                Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), redis.port()));
            socket.setSoTimeout(300);
            redis.pause();
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
            redis.resume();
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> redis.cli("PING"));
        }
    }

    @Test
    void anErrorReplyThrowsAndNamesTheError() {
        try (RedisServer redis = RedisServer.start(RedisOptions.plain().withPassword("s3cret"))) {
            redis.cli("SET", "k", "v");
            IllegalStateException wrong = assertThrows(IllegalStateException.class, () -> redis.cli("LLEN", "k"));
            assertEquals(
                    "redis-cli LLEN: WRONGTYPE Operation against a key holding the wrong kind of value",
                    wrong.getMessage());
        }
    }
}
