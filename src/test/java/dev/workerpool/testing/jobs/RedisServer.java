package dev.workerpool.testing.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A real redis-server on loopback, with its jobs kept over {@link #restart}. Ended with the test or with this JVM. */
public final class RedisServer implements AutoCloseable {
    private static final String GET = "install Redis 6 or later, on Debian: apt-get install redis-server";
    private static final String LOG = "redis.log";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RedisOptions options;
    private final RedisFolder folder;
    private final int port;
    private final RedisCli cli;
    private Child child;

    private RedisServer(RedisOptions options, RedisFolder folder, int port) {
        this.options = options;
        this.folder = folder;
        this.port = port;
        this.cli = new RedisCli(options, folder, port);
        this.child = launch();
    }

    public static RedisServer start(RedisOptions options) {
        Needed.onPath("redis-server", GET);
        return new RedisServer(options, RedisFolder.create(), FreePort.next());
    }

    public static RedisServer plain() {
        return start(RedisOptions.plain());
    }

    public int port() {
        return port;
    }

    /** Whom it lets in; empty where anybody may. */
    public Optional<RedisOptions.Login> login() {
        return options.login();
    }

    /** From now on a copy of another. */
    public void replicate(RedisServer master) {
        options.login().ifPresent(login -> {
            cli("CONFIG", "SET", "masteruser", login.user());
            cli("CONFIG", "SET", "masterauth", login.password());
        });
        cli("REPLICAOF", "localhost", Integer.toString(master.port()));
    }

    /** SIGKILL. */
    public void kill() {
        child.close();
    }

    /** Database 0, with user and password where there are any: {@code rediss://} where the server speaks TLS. */
    public String url() {
        String login = options.login()
                .map(who -> ("default".equals(who.user()) ? "" : who.user()) + ":" + who.password() + "@")
                .orElse("");
        return urlWith(login);
    }

    public String urlWithoutCredentials() {
        return urlWith("");
    }

    private String urlWith(String login) {
        String scheme = options.presents().isPresent() ? "rediss" : "redis";
        return "%s://%slocalhost:%d/0".formatted(scheme, login, port);
    }

    public boolean speaksTls() {
        return options.presents().isPresent();
    }

    public String caPem() {
        return options.ca().orElseThrow().pem();
    }

    /** The authority's certificate as a file, for as long as this server lives. */
    public Path caFile() {
        return options.ca().map(ca -> folder.file("ca.crt")).orElseThrow();
    }

    /** One command by redis-cli, logged in; an error reply throws. */
    public String cli(String... command) {
        return cli.run(command);
    }

    /** A counter's value; 0 where it was never counted. */
    public long count(String key) {
        String value = cli("GET", key);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    /** From the next connection on, presents another certificate; the port and the data stay. */
    public void present(Leaf leaf) {
        folder.writeLeaf(leaf);
        cli("CONFIG", "SET", "tls-cert-file", folder.file("server.crt").toString());
    }

    /** What it has logged since it was made. */
    public String log() {
        try {
            return Files.readString(folder.file(LOG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the next connection on, takes certificates of these authorities, in PEM, as well as of its own: what a sidecar would do. */
    public void takeClientsOf(String authorities) {
        folder.write("clients.crt", caPem() + authorities);
        cli("CONFIG", "SET", "tls-ca-cert-file", folder.file("clients.crt").toString());
    }

    /** SIGSTOP: connections stay open, nothing answers. */
    public void pause() {
        child.signal("STOP");
    }

    public void resume() {
        child.signal("CONT");
    }

    /** Ends the server as a maintenance would: it saves its data. */
    public void stop() {
        child.process().destroy();
        if (!child.endedWithin(PATIENCE)) {
            throw new IllegalStateException("redis-server does not end:\n" + child.log());
        }
    }

    /** Starts it again after {@link #stop}, on the same port with what it saved. */
    public void startAgain() {
        child = launch();
    }

    public void restart() {
        stop();
        startAgain();
    }

    @Override
    public void close() {
        child.close();
        folder.delete();
    }

    private Child launch() {
        folder.writeConfiguration(options, port);
        ProcessBuilder command =
                new ProcessBuilder("redis-server", folder.file("redis.conf").toString());
        Path log = folder.file(LOG);
        command.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Child started = Child.start(command, Map.of(), folder.file("redis.err"));
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            if (cli.answers()) {
                return started;
            }
            if (started.endedWithin(Duration.ofMillis(30))) {
                break;
            }
        }
        started.close();
        throw new IllegalStateException("redis-server does not come up; see " + log);
    }
}
