package dev.workerpool.story.moving;

import dev.workerpool.testing.jobs.RedisServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the workers have done, in a database of their own that no trust of the broker's concerns. */
record Ledger(RedisServer redis) implements AutoCloseable {
    static Ledger open() {
        return new Ledger(RedisServer.plain());
    }

    String url() {
        return redis.url();
    }

    /** How often each job was done that was done. */
    private Map<String, Integer> done() {
        List<String> lines = redis.cli("HGETALL", "done").lines().toList();
        Map<String, Integer> done = new HashMap<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            done.put(lines.get(i), Integer.valueOf(lines.get(i + 1)));
        }
        return done;
    }

    /** When and by whom each job was done that was done more than once. */
    List<String> twice(Flow flow) {
        Map<String, Integer> done = done();
        return flow.sent().stream()
                .filter(name -> done.getOrDefault(name, 0) > 1)
                .map(name -> name + ": " + redis.cli("LRANGE", "ran:" + name, "0", "-1"))
                .toList();
    }

    Tally of(Flow flow) {
        Map<String, Integer> done = done();
        List<String> sent = flow.sent();
        return new Tally(
                flow.queue(),
                sent.size(),
                (int) sent.stream().filter(done::containsKey).count(),
                (int) sent.stream()
                        .filter(name -> done.getOrDefault(name, 0) > 1)
                        .count(),
                flow.refused().size());
    }

    /**
     * What became of the jobs.
     *
     * @param twice done more than once
     * @param refused that the broker never took, as the producer was told
     */
    record Tally(String queue, int enqueued, int done, int twice, int refused) {
        int lost() {
            return enqueued - done;
        }

        @Override
        public String toString() {
            return "%s %d enqueued, %d done, %d lost, %d twice, %d refused to the producer"
                    .formatted(queue, enqueued, done, lost(), twice, refused);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
