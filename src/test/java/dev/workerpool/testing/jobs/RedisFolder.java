package dev.workerpool.testing.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A server's files: configuration, certificates, data and log, in a folder that only this user can read. */
record RedisFolder(Path path) {

    static RedisFolder create() {
        try {
            return new RedisFolder(Files.createTempDirectory("workerpool-redis-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    void write(String name, String text) {
        try {
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void writeConfiguration(RedisOptions options, int port) {
        List<String> lines = new ArrayList<>(List.of(
                "bind 127.0.0.1",
                "dir " + path,
                // One save point far away: nothing is written in between, but TERM saves, so that a restart keeps jobs.
                "save 86400 1",
                "maxclients " + options.maxClients()));
        lines.addAll(listening(options, port));
        options.login().ifPresent(login -> lines.addAll(protecting(login)));
        lines.addAll(options.more());
        write("redis.conf", String.join("\n", lines) + "\n");
    }

    void writeSentinel(RedisOptions options, int port) {
        List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1", "dir " + path));
        lines.addAll(listening(options, port));
        options.login().ifPresent(login -> lines.addAll(protecting(login)));
        options.ca().ifPresent(ca -> lines.add("tls-replication yes"));
        lines.addAll(options.more());
        write("sentinel.conf", String.join("\n", lines) + "\n");
    }

    private List<String> listening(RedisOptions options, int port) {
        if (options.presents().isEmpty()) {
            return List.of("port " + port);
        }
        options.ca().ifPresent(ca -> write("ca.crt", ca.pem()));
        options.presents().ifPresent(this::writeLeaf);
        return List.of(
                "port 0",
                "tls-port " + port,
                "tls-cert-file " + file("server.crt"),
                "tls-key-file " + file("server.key"),
                "tls-ca-cert-file " + file("ca.crt"),
                "tls-auth-clients no");
    }

    void writeLeaf(Leaf leaf) {
        write("server.crt", leaf.certificatePem());
        write("server.key", leaf.keyPem());
    }

    private static List<String> protecting(RedisOptions.Login login) {
        return "default".equals(login.user())
                ? List.of("requirepass " + login.password())
                : List.of("user default off", "user " + login.user() + " on >" + login.password() + " ~* &* +@all");
    }

    void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
