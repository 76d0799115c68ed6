package dev.workerpool.tools.demo;

import dev.workerpool.testing.jobs.FreePort;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A real redis-server with a password, and a certificate that a private authority of the demo's own has signed. */
final class TlsRedis implements RedisHere {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Process process;
    private final int port;
    private final Security security;
    private final RedisClient client;
    private final String told;

    private TlsRedis(Process process, int port, Security security, RedisClient client, String told) {
        this.process = process;
        this.port = port;
        this.security = security;
        this.client = client;
        this.told = told;
    }

    /**
     * Returns when it answers.
     *
     * @throws IllegalStateException where it does not: an old one, or one that was built without TLS
     */
    static TlsRedis start(Path program, String from, Path folder) {
        PrivateCa ca = PrivateCa.create();
        Security security = new Security(ca.name(), ca.pem(), password());
        int port = FreePort.next();
        Path configuration = configure(folder, port, security, ca.leaf());
        Process process = launch(program, configuration, folder.resolve("redis.log"));
        RedisClient client = client(folder.resolve("ca.crt"), port, security.password());
        try {
            return new TlsRedis(process, port, security, client, "redis " + version(process, client) + " " + from);
        } catch (IllegalStateException e) {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            process.destroyForcibly();
            throw e;
        }
    }

    private static String password() {
        byte[] secret = new byte[12];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    private static Path configure(Path folder, int port, Security security, Leaf leaf) {
        try {
            Path certificate = Files.writeString(folder.resolve("server.crt"), leaf.certificatePem());
            Path key = Files.writeString(folder.resolve("server.key"), leaf.keyPem());
            Path ca = Files.writeString(folder.resolve("ca.crt"), security.caPem());
            return Files.write(
                    folder.resolve("redis.conf"),
                    List.of(
                            "bind 127.0.0.1",
                            "port 0",
                            "tls-port " + port,
                            "tls-cert-file " + certificate,
                            "tls-key-file " + key,
                            "tls-ca-cert-file " + ca,
                            "tls-auth-clients no",
                            "requirepass " + security.password(),
                            "dir " + folder,
                            "save \"\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path program, Path configuration, Path log) {
        try {
            return new ProcessBuilder(Aside.from(List.of(program.toString(), configuration.toString())))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RedisClient client(Path ca, int port, String password) {
        RedisClient client = RedisClient.create(RedisURI.builder()
                .withHost("localhost")
                .withPort(port)
                .withSsl(true)
                .withVerifyPeer(SslVerifyMode.FULL)
                .withPassword(password.toCharArray())
                .build());
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .trustManager(ca.toFile())
                        .build())
                .build());
        return client;
    }

    private static String version(Process process, RedisClient client) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                return connection
                        .sync()
                        .info("server")
                        .lines()
                        .filter(line -> line.startsWith("redis_version:"))
                        .map(line -> line.substring("redis_version:".length()).strip())
                        .findFirst()
                        .orElse("");
            } catch (RedisException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("redis-server does not come up with TLS", notYet);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String told() {
        return told;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Optional<Security> security() {
        return Optional.of(security);
    }

    @Override
    public RedisClient client() {
        return client;
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        Ended.of(process);
    }
}
