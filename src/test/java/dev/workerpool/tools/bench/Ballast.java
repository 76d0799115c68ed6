package dev.workerpool.tools.bench;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;

/** What can lie in a broker beside the jobs of the pools that are looked at, and must cost them nothing. */
final class Ballast {
    static final int DUE = 1_000_000;
    static final int UNACKED = 100_000;
    static final int PAYLOAD_BYTES = 100 << 20;

    private static final int AT_ONCE = 10_000;

    /** Sidekiq's jobs for later, an hour overdue, of a queue that no pool has. */
    private static final String FILL_SCHEDULE = """
            for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do
              redis.call('ZADD', 'schedule', tonumber(ARGV[3]) + i / 1000000, string.format(
                '{"class":"Work","args":[],"jid":"%024x","queue":"elsewhere","created_at":%d}', i, ARGV[3]))
            end""";

    /** Celery's messages that a worker has taken, as kombu keeps them. */
    private static final String FILL_UNACKED = """
            for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do
              redis.call('HSET', 'unacked', 'tag-' .. i, string.format(
                '[{"body":"W1tdLCB7fSwge31d","headers":{"task":"work","id":"%d"},"properties":{}},"","elsewhere"]', i))
              redis.call('ZADD', 'unacked_index', tonumber(ARGV[3]), 'tag-' .. i)
            end""";

    private Ballast() {}

    /** The payload is a job of this pool's, which gets a worker for it and is none of those that are tried. */
    static void fill(RedisCommands<String, String> redis, Keys keys, String poolOfThePayload) {
        String overdue = Long.toString(System.currentTimeMillis() / 1000 - 3600);
        fill(redis, FILL_SCHEDULE, DUE, overdue);
        fill(redis, FILL_UNACKED, UNACKED, overdue);
        redis.lpush(keys.list(poolOfThePayload), "{\"args\":[\"" + "x".repeat(PAYLOAD_BYTES) + "\"]}");
    }

    private static void fill(RedisCommands<String, String> redis, String script, int entries, String time) {
        for (int from = 1; from <= entries; from += AT_ONCE) {
            redis.eval(
                    script,
                    ScriptOutputType.STATUS,
                    new String[0],
                    Integer.toString(from),
                    Integer.toString(from + AT_ONCE - 1),
                    time);
        }
    }
}
