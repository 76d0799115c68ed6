package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Read;
import dev.workerpool.framework.Replies;
import dev.workerpool.framework.Reply;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Counts only, over plain connections: the first of what this room is to do. */
public final class RedisBroker implements BrokerClient {
    private static RedisURI uri(Connection connection) {
        return RedisURI.create(
                connection.endpoint().host(), connection.endpoint().port());
    }

    @Override
    public Probe probe(Connection connection, Duration timeout) {
        try (var client = RedisClient.create(uri(connection));
                var open = client.connect()) {
            open.sync().ping();
            return new Probe.Answered("redis", "unknown", "");
        } catch (RuntimeException e) {
            return new Probe.Failed(Probe.Cause.Failed, "the broker does not answer");
        }
    }

    @Override
    public Session open(Connection connection, Duration pollInterval, Listener listener) {
        var client = RedisClient.create(uri(connection));
        var redis = client.connect();
        var timer = Executors.newSingleThreadScheduledExecutor();
        Map<PoolKey, Query> queries = new ConcurrentHashMap<>();
        var unused = timer.scheduleAtFixedRate(
                () -> queries.forEach((pool, query) -> {
                    Map<Read, Reply> replies = new HashMap<>();
                    for (Read read : query.framework().reads(query.queues(), Instant.now())) {
                        if (read instanceof Read.ListLength length) {
                            replies.put(read, new Reply.Count(redis.sync().llen(length.key())));
                        } else if (read instanceof Read.HashSize size) {
                            replies.put(read, new Reply.Count(redis.sync().hlen(size.key())));
                        }
                    }
                    listener.measured(
                            pool,
                            query.framework()
                                    .interpret(
                                            query.queues(),
                                            new Replies(Instant.now(), replies),
                                            List.of(),
                                            Instant.now()));
                }),
                0,
                pollInterval.toMillis(),
                TimeUnit.MILLISECONDS);
        return new Session() {
            @Override
            public void measure(Map<PoolKey, Query> pools) {
                queries.keySet().retainAll(pools.keySet());
                queries.putAll(pools);
            }

            @Override
            public void close() {
                unused.cancel(true);
                timer.shutdownNow();
                redis.close();
                client.shutdown();
            }
        };
    }

    @Override
    public void close() {}
}
