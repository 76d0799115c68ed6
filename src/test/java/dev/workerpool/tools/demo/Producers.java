package dev.workerpool.tools.demo;

import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Send the applications' jobs, and note each. */
record Producers(StatefulRedisConnection<String, String> redis, Tally tally) implements AutoCloseable {

    void send(Wave wave) {
        Wire wire = wave.app().wire();
        List<Job> jobs = IntStream.range(0, wave.jobs())
                .mapToObj(n -> new Job(wire.newId(), wave.lasting(n)))
                .toList();
        jobs.forEach(job -> tally.enqueued(job.id()));
        wire.enqueue(redis.sync(), wave.queue(), jobs, Instant.now());
    }

    /** Jobs that nobody has taken. */
    long left() {
        return App.ALL.stream()
                .flatMap(app -> app.lists().stream())
                .mapToLong(list -> redis.sync().llen(list))
                .sum();
    }

    @Override
    public void close() {
        redis.close();
    }
}
