package dev.workerpool.testing.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real rabbitmq-server on loopback, with a port mapper of Erlang of its own, which ends with it. The user guest has all rights. It takes
 * some seconds to start, and 100 MB: one for a class of tests.
 */
public final class RabbitServer implements AutoCloseable {
    private static final String GET =
            "install RabbitMQ 3.10 or later, on Debian: apt-get install --no-install-recommends rabbitmq-server";
    private static final Path HOME = Path.of("/usr/lib/rabbitmq/bin");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RabbitOptions options;
    private final Path folder;
    private final int port = FreePort.next();
    private final int tlsPort = FreePort.next();
    private final int distribution = FreePort.next();
    private final int mapper = FreePort.next();
    private final String node = "workerpool" + port + "@localhost";
    private final Child epmd;
    private Child child;

    private RabbitServer(RabbitOptions options) {
        this.options = options;
        this.folder = newFolder();
        this.epmd = Child.start(
                new ProcessBuilder("epmd", "-port", Integer.toString(mapper), "-address", "127.0.0.1")
                        .redirectOutput(file("epmd.log").toFile()),
                Map.of(),
                file("epmd.err"));
        try {
            this.child = launch();
        } catch (RuntimeException e) {
            epmd.close();
            throw e;
        }
    }

    public static RabbitServer start(RabbitOptions options) {
        Needed.at(HOME.resolve("rabbitmq-server"), GET);
        Needed.onPath("epmd", GET);
        try {
            return new RabbitServer(options);
        } catch (IllegalStateException e) {
            return new RabbitServer(options); // of its four ports one may have been taken meanwhile
        }
    }

    public int port() {
        return port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    /** Without a user: guest is meant. */
    public String url() {
        return "amqp://localhost:" + port + "/%2F";
    }

    public String tlsUrl() {
        return "amqps://localhost:" + tlsPort + "/%2F";
    }

    /** rabbitmqctl: its output; throws where it fails. */
    public String ctl(String... words) {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("rabbitmqctl").toString(), "-q", "-n", node));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment());
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ":\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** From the next connection on, presents another certificate. */
    public void present(Leaf leaf) {
        write("server.crt", leaf.certificatePem());
        write("server.key", leaf.keyPem());
        ctl("eval", "ssl:clear_pem_cache().");
    }

    /** A user with these rights in the virtual host /: to configure, write and read. */
    public void addUser(String name, String password, String configure, String write, String read) {
        ctl("add_user", name, password);
        ctl("set_permissions", "-p", "/", name, configure, write, read);
    }

    /** SIGSTOP of the whole server: connections stay open, nothing answers. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        Stream.concat(Stream.of(child.process().toHandle()), child.process().descendants())
                .forEach(process -> {
                    try {
                        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                                .start()
                                .waitFor();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** As a maintenance would: durable queues keep their persistent messages. */
    public void stop() {
        ctl("shutdown");
        if (!child.endedWithin(PATIENCE)) {
            throw new IllegalStateException("rabbitmq-server does not end:\n" + log());
        }
    }

    public void startAgain() {
        child = launch();
    }

    public String log() {
        try {
            return Files.readString(file("rabbit.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.close();
        epmd.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Child launch() {
        writeConfiguration();
        ProcessBuilder command =
                new ProcessBuilder(HOME.resolve("rabbitmq-server").toString()).redirectErrorStream(true);
        command.redirectOutput(ProcessBuilder.Redirect.to(file("rabbit.log").toFile()));
        Child started = Child.start(command, environment(), file("rabbit.err"));
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            if (log().contains("completed with")) {
                return started;
            }
            if (started.endedWithin(Duration.ofMillis(100))) {
                break;
            }
        }
        String said = log();
        started.close();
        throw new IllegalStateException("rabbitmq-server does not come up:\n" + said);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "HOME", folder.toString(),
                "ERL_EPMD_PORT", Integer.toString(mapper),
                "ERL_EPMD_ADDRESS", "127.0.0.1",
                "RABBITMQ_NODENAME", node,
                "RABBITMQ_DIST_PORT", Integer.toString(distribution),
                "RABBITMQ_MNESIA_BASE", file("mnesia").toString(),
                "RABBITMQ_LOG_BASE", file("log").toString(),
                "RABBITMQ_CONFIG_FILE", file("rabbitmq.conf").toString(),
                "RABBITMQ_ENABLED_PLUGINS_FILE", file("enabled_plugins").toString(),
                "RABBITMQ_CONF_ENV_FILE", file("none").toString()));
        environment.put(
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none");
        environment.put("ERL_CRASH_DUMP_SECONDS", "0");
        environment.put("LC_ALL", "C.UTF-8");
        return environment;
    }

    private void writeConfiguration() {
        List<String> lines = new ArrayList<>(
                List.of("listeners.tcp.1 = 127.0.0.1:" + port, "loopback_users.guest = true", "log.console = false"));
        options.ca().ifPresent(ca -> {
            lines.addAll(List.of(
                    "listeners.ssl.1 = 127.0.0.1:" + tlsPort,
                    "ssl_options.cacertfile = " + file("ca.crt"),
                    "ssl_options.certfile = " + file("server.crt"),
                    "ssl_options.keyfile = " + file("server.key")));
            write("ca.crt", ca.pem());
        });
        options.presents().filter(leaf -> !Files.exists(file("server.crt"))).ifPresent(leaf -> {
            write("server.crt", leaf.certificatePem());
            write("server.key", leaf.keyPem());
        });
        lines.addAll(options.more());
        write("rabbitmq.conf", String.join("\n", lines) + "\n");
        write("enabled_plugins", "[rabbitmq_auth_mechanism_ssl].\n");
        write("none", "");
    }

    private void write(String name, String text) {
        try {
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("workerpool-rabbitmq-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
