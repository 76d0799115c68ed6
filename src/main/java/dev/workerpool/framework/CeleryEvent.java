package dev.workerpool.framework;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerpool.scaling.WorkerReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Celery's workers publish about themselves, in kombu's envelope. */
final class CeleryEvent {
    private CeleryEvent() {}

    /** kombu puts the database into the channel's name, and the prefix in front. */
    static String channels(String keyPrefix, int database) {
        return keyPrefix.replaceAll("([\\\\*?\\[\\]^])", "\\\\$1") + "/" + database + ".celeryev/worker.*";
    }

    /** The report of one node, named in full: {@code celery@POD}. */
    static Optional<WorkerReport> parse(String envelope) {
        return Json.object(envelope)
                .flatMap(CeleryEvent::body)
                .flatMap(Json::object)
                .flatMap(CeleryEvent::report);
    }

    /** The same of a message without kombu's envelope, as RabbitMQ delivers it. */
    static Optional<WorkerReport> bare(String body) {
        return Json.object(body).flatMap(CeleryEvent::report);
    }

    /** One report a host: what all its nodes run, as old as the oldest of them, so that none hides behind another. */
    static List<WorkerReport> byHost(List<WorkerReport> nodes) {
        Map<String, WorkerReport> hosts = new TreeMap<>();
        for (WorkerReport node : nodes) {
            String host = node.host().substring(node.host().indexOf('@') + 1);
            hosts.merge(host, new WorkerReport(host, node.stamp(), node.running()), WorkerReports::together);
        }
        return List.copyOf(hosts.values());
    }

    private static Optional<String> body(JsonNode envelope) {
        Optional<String> body = Json.text(envelope, "body");
        JsonNode encoding = envelope.path("properties").path("body_encoding");
        if ("base64".equals(encoding.asText())) {
            body = body.flatMap(CelerySigned::base64);
        }
        boolean signed =
                CelerySigned.CONTENT_TYPE.equals(envelope.path("content-type").asText());
        return signed ? body.flatMap(CelerySigned::json) : body;
    }

    /**
     * Going online or offline, a worker is heard only if it works on something: at the start it has not begun to take
     * jobs, and at the end (or when its connection breaks) it may be handed a last one that it does not count yet; its
     * "none" proves nothing. An offline worker goes on with what it runs, and is silent from then on.
     */
    private static Optional<WorkerReport> report(JsonNode event) {
        JsonNode active = event.path("active");
        boolean beat = "worker-heartbeat".equals(event.path("type").asText());
        if (!active.canConvertToInt() || !active.isIntegralNumber() || active.asInt() < (beat ? 0 : 1)) {
            return Optional.empty();
        }
        Optional<Instant> stamp = Json.time(event, "timestamp");
        return Json.text(event, "hostname")
                .filter(name -> name.indexOf('@') >= 0 && !name.endsWith("@"))
                .flatMap(name -> stamp.map(at -> new WorkerReport(name, at, active.asInt())));
    }
}
