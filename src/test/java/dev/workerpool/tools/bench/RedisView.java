package dev.workerpool.tools.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One connection of our own to the server: puts jobs there, and reads what the server counts. */
final class RedisView implements AutoCloseable {
    /** What is sent here, and never by the operator while it measures: the server counts all clients' together. */
    private static final Set<String> OURS =
            Set.of("lpush", "rpop", "hset", "sadd", "zadd", "eval", "expire", "publish", "info");

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    RedisView(String url) {
        client = RedisClient.create(url);
        connection = client.connect();
    }

    RedisCommands<String, String> commands() {
        return connection.sync();
    }

    /** How often each command was called so far, ours aside. */
    Map<String, Long> calls() {
        Map<String, Long> calls = new TreeMap<>();
        commands()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .forEach(line -> {
                    String name = line.substring("cmdstat_".length(), line.indexOf(':'));
                    if (!OURS.contains(name)) {
                        calls.put(name, Long.parseLong(line.replaceFirst(".*[:,]calls=([0-9]+).*", "$1")));
                    }
                });
        return calls;
    }

    /** All that are connected but this one. */
    long otherClients() {
        return commands()
                        .info("clients")
                        .lines()
                        .filter(line -> line.startsWith("connected_clients:"))
                        .mapToLong(line -> Long.parseLong(
                                line.substring(line.indexOf(':') + 1).strip()))
                        .sum()
                - 1;
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
