package dev.workerpool.tools.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import redis.embedded.core.ExecutableProvider;

/** Starts the Redis that was asked for, or the truest that this machine can run. */
record Redises(Path folder, Consumer<String> say) {

    RedisHere start(RedisChoice choice) {
        return switch (choice) {
            case server -> server();
            case embedded -> embedded();
            case mock -> PlainRedis.start();
            case auto -> truest();
        };
    }

    private RedisHere truest() {
        try {
            return server();
        } catch (IllegalStateException e) {
            say.accept(e.getMessage());
        }
        try {
            return embedded();
        } catch (IllegalStateException e) {
            say.accept(e.getMessage());
        }
        return PlainRedis.start();
    }

    private RedisHere server() {
        Path program = OnPath.find("redis-server")
                .orElseThrow(() -> new IllegalStateException("there is no redis-server on the PATH"));
        return TlsRedis.start(program, "from the PATH", folder);
    }

    private RedisHere embedded() {
        try {
            Path unpacked = Files.createDirectory(folder.resolve("redis"));
            File program =
                    ExecutableProvider.newJarResourceProvider(unpacked.toFile()).get();
            return TlsRedis.start(program.toPath(), "out of a jar", folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("the Redis in the jar does not run here: " + e.getMessage(), e);
        }
    }
}
