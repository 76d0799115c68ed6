package dev.workerpool.tools.demo;

import com.github.fppt.jedismock.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** A Redis that is written in Java: it runs wherever the demo does. */
record PlainRedis(RedisServer server, int port, RedisClient client) implements RedisHere {

    static PlainRedis start() {
        try {
            RedisServer server = RedisServer.newRedisServer(0, InetAddress.getLoopbackAddress());
            server.start();
            int port = server.getBindPort();
            return new PlainRedis(server, port, RedisClient.create(RedisURI.create("127.0.0.1", port)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String told() {
        return "a stand-in in Java (jedis-mock), without TLS";
    }

    @Override
    public Optional<Security> security() {
        return Optional.empty();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
