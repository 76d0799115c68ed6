package dev.workerpool.testing.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real Redis Sentinel on loopback that watches one master, and finds it dead after three seconds. */
public final class SentinelServer implements AutoCloseable {
    public static final String MASTER = "mymaster";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RedisOptions options;
    private final RedisFolder folder = RedisFolder.create();
    private final int port = FreePort.next();
    private final RedisCli cli;
    private Child child;

    private SentinelServer(RedisOptions options, List<String> monitoring) {
        this.options = options;
        this.cli = new RedisCli(options, folder, port);
        RedisOptions all = options;
        for (String line : monitoring) {
            all = all.withLine(line);
        }
        folder.writeSentinel(all, port);
        this.child = launch();
    }

    /**
     * @param options how it is reached itself
     * @param host by which the master is known to its clients
     * @param quorum how many must find the master dead
     */
    public static SentinelServer watching(RedisServer master, RedisOptions options, String host, int quorum) {
        return new SentinelServer(options, lines(master, host, quorum));
    }

    private static List<String> lines(RedisServer master, String host, int quorum) {
        List<String> lines = new ArrayList<>(List.of(
                "sentinel resolve-hostnames yes",
                "sentinel announce-hostnames yes",
                "sentinel monitor %s %s %d %d".formatted(MASTER, host, master.port(), quorum),
                "sentinel down-after-milliseconds %s 3000".formatted(MASTER),
                "sentinel failover-timeout %s 5000".formatted(MASTER)));
        Optional<RedisOptions.Login> login = master.login();
        login.ifPresent(who -> lines.addAll(List.of(
                "sentinel auth-user %s %s".formatted(MASTER, who.user()),
                "sentinel auth-pass %s %s".formatted(MASTER, who.password()))));
        return lines;
    }

    public int port() {
        return port;
    }

    public String cli(String... command) {
        return cli.run(command);
    }

    public boolean speaksTls() {
        return options.presents().isPresent();
    }

    public void stop() {
        child.close();
    }

    /** Knows what it knew. */
    public void startAgain() {
        child = launch();
    }

    /** SIGSTOP. */
    public void pause() {
        child.signal("STOP");
    }

    public void resume() {
        child.signal("CONT");
    }

    @Override
    public void close() {
        child.close();
        folder.delete();
    }

    private Child launch() {
        ProcessBuilder command =
                new ProcessBuilder("redis-server", folder.file("sentinel.conf").toString(), "--sentinel");
        command.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.file("sentinel.log").toFile()));
        Child started = Child.start(command, Map.of(), folder.file("sentinel.err"));
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            if (cli.answers()) {
                return started;
            }
            if (started.endedWithin(Duration.ofMillis(30))) {
                break;
            }
        }
        started.close();
        throw new IllegalStateException("the sentinel does not come up; see " + folder.file("sentinel.log"));
    }
}
