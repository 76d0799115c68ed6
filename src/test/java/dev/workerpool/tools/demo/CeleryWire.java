package dev.workerpool.tools.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Celery 5 on Redis as kombu writes it, acknowledged early and without prefetch, as with {@code worker_disable_prefetch}: four lists a
 * queue, and heartbeats by pub/sub every two seconds.
 */
record CeleryWire() implements Wire {
    private static final String EVENTS = "/0.celeryev/worker.";

    @Override
    public String newId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void enqueue(RedisCommands<String, String> redis, String queue, List<Job> jobs, Instant now) {
        redis.sadd("_kombu.binding." + queue, queue + "\u0006\u0016\u0006\u0016" + queue);
        redis.lpush(queue, jobs.stream().map(job -> message(job, queue)).toArray(String[]::new));
    }

    private static String message(Job job, String queue) {
        double seconds = job.lasting().toMillis() / 1000.0;
        String body =
                "[[%s, \"done\"], {}, {\"callbacks\": null, \"errbacks\": null, \"chain\": null, \"chord\": null}]"
                        .formatted(seconds);
        ObjectNode message = envelope(body);
        ObjectNode headers = message.putObject("headers")
                .put("lang", "py")
                .put("task", "tasks.nap")
                .put("id", job.id())
                .put("root_id", job.id())
                .put("retries", 0)
                .put("argsrepr", "(" + seconds + ", 'done')")
                .put("kwargsrepr", "{}")
                .put("ignore_result", false);
        List.of("shadow", "eta", "expires", "group", "group_index", "parent_id").forEach(headers::putNull);
        headers.putArray("timelimit").addNull().addNull();
        properties(message, queue, "").put("correlation_id", job.id()).put("delivery_mode", 2);
        return Json.text(message);
    }

    @Override
    public List<String> lists(List<String> queues) {
        return queues.stream()
                .flatMap(queue -> Stream.of("", "\u0006\u00163", "\u0006\u00166", "\u0006\u00169")
                        .map(step -> queue + step))
                .toList();
    }

    @Override
    public Job read(String message) {
        JsonNode fields = Json.read(message);
        String body = new String(Base64.getDecoder().decode(fields.path("body").asText()), UTF_8);
        double seconds = Json.read(body).path(0).path(0).asDouble();
        return new Job(fields.path("headers").path("id").asText(), Duration.ofMillis(Math.round(seconds * 1000)));
    }

    @Override
    public Duration beatsEvery() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void begin(RedisCommands<String, String> redis, Identity worker, Instant now) {
        tell(redis, "online", worker, new Busy(List.of(), false, 0), now);
    }

    @Override
    public void beat(RedisCommands<String, String> redis, Identity worker, Busy busy, Instant now) {
        // On its way out a worker is silent: it has said that it goes offline.
        if (!busy.leaving()) {
            tell(redis, "heartbeat", worker, busy, now);
        }
    }

    @Override
    public void end(RedisCommands<String, String> redis, Identity worker, Instant now) {
        tell(redis, "offline", worker, new Busy(List.of(), true, 0), now);
    }

    private static void tell(
            RedisCommands<String, String> redis, String what, Identity worker, Busy busy, Instant now) {
        String type = "worker-" + what;
        String node = "celery@" + worker.pod();
        ObjectNode event = Json.object()
                .put("hostname", node)
                .put("utcoffset", 0)
                .put("pid", 1)
                .put("clock", 1)
                .put("freq", 2.0)
                .put("active", busy.messages().size())
                .put("processed", busy.done())
                .put("sw_ident", "py-celery")
                .put("sw_ver", "5.7.0")
                .put("sw_sys", "Linux")
                .put("timestamp", Json.seconds(now))
                .put("type", type);
        ObjectNode message = envelope(Json.text(event));
        message.putObject("headers").put("hostname", node);
        properties(message, "worker." + what, "celeryev").put("delivery_mode", 1);
        redis.publish(EVENTS + what, Json.text(message));
    }

    private static ObjectNode envelope(String body) {
        return Json.object()
                .put("body", Base64.getEncoder().encodeToString(body.getBytes(UTF_8)))
                .put("content-encoding", "utf-8")
                .put("content-type", "application/json");
    }

    private static ObjectNode properties(ObjectNode message, String routingKey, String exchange) {
        ObjectNode properties = message.putObject("properties");
        properties.putObject("delivery_info").put("exchange", exchange).put("routing_key", routingKey);
        return properties
                .put("priority", 0)
                .put("body_encoding", "base64")
                .put("delivery_tag", UUID.randomUUID().toString());
    }
}
