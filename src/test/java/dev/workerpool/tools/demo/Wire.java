package dev.workerpool.tools.demo;

import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How a framework lays its jobs out in Redis, and how its workers tell of themselves there. */
interface Wire {

    String newId();

    /** As the framework's own client does it, all at once. */
    void enqueue(RedisCommands<String, String> redis, String queue, List<Job> jobs, Instant now);

    /** The lists that a worker takes from, the most important first; each from its tail. */
    List<String> lists(List<String> queues);

    Job read(String message);

    Duration beatsEvery();

    /** The worker's first word, its beat, and its last. */
    void begin(RedisCommands<String, String> redis, Identity worker, Instant now);

    void beat(RedisCommands<String, String> redis, Identity worker, Busy busy, Instant now);

    void end(RedisCommands<String, String> redis, Identity worker, Instant now);

    /**
     * Who a worker is.
     *
     * @param pod its host name
     * @param nonce tells it from an earlier one of the same name
     */
    record Identity(String pod, String nonce, List<String> queues, int concurrency) {
        public Identity {
            queues = List.copyOf(queues);
        }
    }

    /** What it does: the messages it works on now, and how many it has done. */
    record Busy(List<String> messages, boolean leaving, long done) {
        public Busy {
            messages = List.copyOf(messages);
        }
    }
}
