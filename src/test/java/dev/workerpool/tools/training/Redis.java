package dev.workerpool.tools.training;

import dev.workerpool.testing.builders.WrittenBroker;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Redis with TLS to learn from; without redis-server on the PATH the cache lacks what a connection needs, and no more. */
record Redis(Optional<RedisServer> server) implements AutoCloseable {

    static Redis startWhereThereIsOne() {
        boolean there = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
        return new Redis(
                there ? Optional.of(RedisServer.start(RedisOptions.tls(PrivateCa.create()))) : Optional.empty());
    }

    boolean isThere() {
        return server.isPresent();
    }

    String broker() {
        return server.map(redis -> WrittenBroker.at(redis).yaml()).orElse("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec: {url: {value: "redis://127.0.0.1:1/0"}}
                """);
    }

    @Override
    public void close() {
        server.ifPresent(RedisServer::close);
    }
}
