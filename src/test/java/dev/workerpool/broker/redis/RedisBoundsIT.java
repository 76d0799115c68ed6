package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.celery;
import static dev.workerpool.broker.redis.Sessions.lists;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.query;
import static dev.workerpool.broker.redis.Sessions.reading;
import static dev.workerpool.broker.redis.Sessions.waiting;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Gist;
import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import dev.workerpool.framework.Sidekiq;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Workers;
import dev.workerpool.testing.jobs.RedisServer;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What measuring costs: connections, threads, bytes and time, whatever is in the broker. */
@SuppressWarnings("try") // sessions are opened for what they tell, and closed
class RedisBoundsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FILL =
            "for i = 1, tonumber(ARGV[1]) do redis.call(KEYS[2], KEYS[1], 'member-' .. i, 'value') end";

    private final Heard heard = new Heard();

    private static RedisBroker broker() {
        return Loopback.broker();
    }

    @Test
    void manyPoolsShareOneConnectionAndOneMoreWhereWorkersAreHeard() {
        try (RedisServer redis = RedisServer.plain();
                RedisBroker broker = broker();
                Session session = broker.open(Dialling.plainly(redis).connection(), Sessions.OFTEN, heard)) {
            Map<PoolKey, Query> pools = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                pools.put(new PoolKey("default", "pool-" + i), lists("queue-" + i));
            }
            session.measure(pools);
            await().atMost(PATIENCE).until(() -> pools.keySet().stream().allMatch(pool -> heard.times(pool) > 1));
            assertEquals(1, operators(redis));

            pools.replaceAll((pool, query) -> celery(pool.name()));
            session.measure(pools);
            await().atMost(PATIENCE).until(() -> operators(redis) == 2);
            heard.rounds(new PoolKey("default", "pool-0"), 3);
            assertEquals(2, operators(redis));

            session.close();
            await().atMost(PATIENCE).until(() -> operators(redis) == 0);
        }
    }

    @Test
    void manySessionsShareAFewThreadsWhichEndWithTheBroker() {
        try (RedisServer redis = RedisServer.plain()) {
            try (RedisBroker broker = broker()) {
                List<Session> sessions = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    PoolKey pool = new PoolKey("default", "pool-" + i);
                    Session session =
                            broker.open(Dialling.plainly(redis).database(i % 16).connection(), Sessions.OFTEN, heard);
                    session.measure(Map.of(pool, celery("mail")));
                    sessions.add(session);
                }
                await().atMost(PATIENCE).until(() -> operators(redis) == 80);
                assertTrue(threads().size() <= 6, () -> threads().toString());
                sessions.forEach(Session::close);
            }
            await().atMost(PATIENCE).until(() -> threads().isEmpty());
        }
    }

    @Test
    void anEnormousValueIsLeftOutAndRests() {
        try (RedisServer redis = RedisServer.plain();
                RedisBroker broker = broker()) {
            redis.cli("EVAL", "redis.call('LPUSH', KEYS[1], string.rep('x', 30000000))", "1", "queue:mail");
            try (Session session = measuring(broker, Dialling.plainly(redis), heard, query(new Sidekiq(), "mail"))) {
                Measured measured = heard.measured(MAIL, waiting("mail", 1));
                assertEquals(Optional.empty(), reading(measured, "mail").tail());
                long sent = sentBytes(redis);
                assertTrue(sent > 30_000_000, "the value crossed the wire once");

                heard.rounds(MAIL, 20);
                assertTrue(sentBytes(redis) - sent < 1_000_000, "and not again");
                assertTrue(session != null);
            }
        }
    }

    @Test
    void enormousSetsAndHashesNeverComeWhole() {
        try (RedisServer redis = RedisServer.plain();
                RedisBroker broker = broker()) {
            redis.cli("EVAL", "for i = 1, 300000 do redis.call('SADD', KEYS[1], 'host:' .. i) end", "1", "processes");
            redis.cli(
                    "EVAL",
                    "for i = 1, 300000 do redis.call('ZADD', KEYS[1], i, '{\"queue\":\"other\"}' .. i) end",
                    "1",
                    "retry");
            long before = sentBytes(redis);
            try (Session session = measuring(broker, Dialling.plainly(redis), heard, query(new Sidekiq(), "mail"))) {
                Measured measured = heard.measured(MAIL, waiting("mail", 0));

                assertEquals(
                        new Workers.Untold("processes holds more than the 2000 members that are read at once"),
                        measured.workers());
                assertInstanceOf(Figure.Unknown.class, reading(measured, "mail").due());
                assertTrue(sentBytes(redis) - before < 1_000_000);
                assertTrue(session != null);
            }
        }
    }

    @Test
    void scansWithinTheirLimitAreWholeInOneStep() {
        try (RedisServer redis = RedisServer.plain();
                Batches batches = new Batches(redis)) {
            // Grown and shrunk, so that the table is as empty as Redis lets it be.
            redis.cli("EVAL", FILL.replace("KEYS[2]", "'HSET'"), "1", "unacked", "9000");
            redis.cli("EVAL", "for i = 1001, 9000 do redis.call('HDEL', KEYS[1], 'member-' .. i) end", "1", "unacked");
            Read whole = new Read.HashValues("unacked", 1000, Gist.CELERY_TAKEN);
            Read less = new Read.HashValues("unacked", 999, Gist.CELERY_TAKEN);

            Map<Read, Reply> replies = batches.send(List.of(whole, less));

            assertEquals(
                    1000,
                    assertInstanceOf(Reply.Texts.class, replies.get(whole))
                            .values()
                            .size());
            assertInstanceOf(Reply.Refused.class, replies.get(less));
        }
    }

    @Test
    void tenThousandKeysAreOneBatchOfMilliseconds() {
        try (RedisServer redis = RedisServer.plain();
                Batches batches = new Batches(redis)) {
            List<Read> reads = IntStream.range(0, 10_000)
                    .<Read>mapToObj(i -> new Read.ListLength("queue-" + i))
                    .toList();
            long[] millis = LongStream.range(0, 40)
                    .map(i -> {
                        long began = System.nanoTime();
                        assertEquals(10_000, batches.send(reads).size());
                        return (System.nanoTime() - began) / 1_000_000;
                    })
                    .sorted()
                    .toArray();

            System.out.printf(
                    "A round with 10,000 keys: fastest %d ms, median %d ms, slowest (the first, cold) %d ms%n",
                    millis[0], millis[20], millis[39]);
            assertTrue(millis[0] < 2000, "one by one it takes longer than that");
        }
    }

    /** Batches on a connection of their own, waited for. */
    private static final class Batches implements AutoCloseable {
        private final ClientResources resources = DefaultClientResources.create();
        private final Connector connector;
        private final Batch batch;

        Batches(RedisServer redis) {
            connector = new Connector(resources, Dialling.plainly(redis).connection(), Duration.ofSeconds(20));
            batch = new Batch(connector.connect().join(), connector, () -> {});
        }

        Map<Read, Reply> send(List<Read> reads) {
            return batch.send(reads).join();
        }

        @Override
        public void close() {
            connector.close();
            resources.shutdown().syncUninterruptibly();
        }
    }

    private static long operators(RedisServer redis) {
        return redis.cli("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains(" name=workerpool-operator "))
                .count();
    }

    private static long sentBytes(RedisServer redis) {
        return redis.cli("INFO", "stats")
                .lines()
                .filter(line -> line.startsWith("total_net_output_bytes:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("lettuce-") || name.startsWith("workerpool-redis"))
                .sorted()
                .toList();
    }
}
