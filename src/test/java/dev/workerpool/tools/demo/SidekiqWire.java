package dev.workerpool.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sidekiq 6: lists {@code queue:NAME}, processes in the set {@code processes} with a hash each, beaten every five seconds. */
record SidekiqWire() implements Wire {
    private static final int EXPIRE_SECONDS = 60;

    /** Twelve bytes. */
    @Override
    public String newId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }

    @Override
    public void enqueue(RedisCommands<String, String> redis, String queue, List<Job> jobs, Instant now) {
        redis.sadd("queues", queue);
        redis.lpush(
                "queue:" + queue,
                jobs.stream().map(job -> message(job, queue, now)).toArray(String[]::new));
    }

    private static String message(Job job, String queue, Instant now) {
        ObjectNode message = Json.object()
                .put("retry", false)
                .put("queue", queue)
                .put("class", "Nap")
                .put("jid", job.id())
                .put("created_at", Json.seconds(now))
                .put("enqueued_at", Json.seconds(now));
        message.putArray("args").add(job.lasting().toMillis() / 1000.0).add("done");
        return Json.text(message);
    }

    @Override
    public List<String> lists(List<String> queues) {
        return queues.stream().map(queue -> "queue:" + queue).toList();
    }

    @Override
    public Job read(String message) {
        JsonNode fields = Json.read(message);
        return new Job(
                fields.path("jid").asText(),
                Duration.ofMillis(Math.round(fields.path("args").path(0).asDouble() * 1000)));
    }

    @Override
    public Duration beatsEvery() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void begin(RedisCommands<String, String> redis, Identity worker, Instant now) {
        beat(redis, worker, new Busy(List.of(), false, 0), now);
    }

    @Override
    public void beat(RedisCommands<String, String> redis, Identity worker, Busy busy, Instant now) {
        String identity = identity(worker);
        String work = identity + ":workers";
        redis.sadd("processes", identity);
        redis.hset(
                identity,
                Map.of(
                        "info", info(worker, now),
                        "busy", Integer.toString(busy.messages().size()),
                        "beat", Json.seconds(now).toString(),
                        "quiet", Boolean.toString(busy.leaving()),
                        "rss", "71680"));
        redis.expire(identity, EXPIRE_SECONDS);
        redis.del(work);
        if (!busy.messages().isEmpty()) {
            redis.hset(work, work(busy, now));
            redis.expire(work, EXPIRE_SECONDS);
        }
    }

    private static Map<String, String> work(Busy busy, Instant now) {
        Map<String, String> byThread = new HashMap<>();
        for (String message : busy.messages()) {
            ObjectNode doing = Json.object()
                    .put("queue", Json.read(message).path("queue").asText())
                    .put("run_at", now.getEpochSecond())
                    .put("payload", message);
            byThread.put("t" + byThread.size(), Json.text(doing));
        }
        return byThread;
    }

    @Override
    public void end(RedisCommands<String, String> redis, Identity worker, Instant now) {
        String identity = identity(worker);
        redis.srem("processes", identity);
        redis.del(identity, identity + ":workers");
    }

    private static String identity(Identity worker) {
        return worker.pod() + ":1:" + worker.nonce();
    }

    private static String info(Identity worker, Instant now) {
        ObjectNode info = Json.object()
                .put("hostname", worker.pod())
                .put("started_at", Json.seconds(now))
                .put("pid", 1)
                .put("tag", "demo")
                .put("concurrency", worker.concurrency())
                .put("identity", identity(worker));
        worker.queues().forEach(info.putArray("queues")::add);
        info.putArray("labels");
        return Json.text(info);
    }
}
