package dev.workerpool.framework;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What Celery 5.7.0 with kombu 5.7.0 wrote into a Redis 7, with names and numbers to choose. */
final class CeleryMessages {
    private CeleryMessages() {}

    static String task(String id, String queue, int priority) {
        return """
            {"body": "W1szXSwge30sIHsiY2FsbGJhY2tzIjogbnVsbCwgImVycmJhY2tzIjogbnVsbCwgImNoYWluIjogbnVsbCwgImNob3JkIjogbnVsbH1d", \
            "content-encoding": "utf-8", "content-type": "application/json", "headers": {"lang": "py", "task": "pfx.nap", \
            "id": "%1$s", "shadow": null, "eta": null, "expires": null, "group": null, "group_index": null, "retries": 0, \
            "timelimit": [null, null], "root_id": "%1$s", "parent_id": null, "argsrepr": "(3,)", "kwargsrepr": "{}", \
            "origin": "gen4332@vm", "ignore_result": false, "replaced_task_nesting": 0, "stamped_headers": null, \
            "stamps": {}}, "properties": {"correlation_id": "%1$s", "reply_to": "09f772c3-72b9-31f5-bf99-130baae71e91", \
            "delivery_mode": 2, "delivery_info": {"exchange": "", "routing_key": "%2$s"}, "priority": %3$d, \
            "body_encoding": "base64", "delivery_tag": "24089f68-7e1d-4566-b8d6-602dd46fcc4b"}}""".formatted(id, queue, priority);
    }

    /** With a header {@code eta} as it stands there. */
    static String later(String id, String queue, String eta) {
        return task(id, queue, 0).replace("\"eta\": null", "\"eta\": \"" + eta + "\"");
    }

    /** A value of the hash {@code unacked}, with a delivery tag of its own. */
    static String taken(String message, String tag, String queue) {
        return "[%s, \"\", \"%s\"]".formatted(message.replace("24089f68-7e1d-4566-b8d6-602dd46fcc4b", tag), queue);
    }

    /** A value of the hash {@code unacked}. */
    static String unacked(String id, String queue) {
        return "[%s, \"\", \"%s\"]".formatted(task(id, queue, 0), queue);
    }

    static String heartbeat(String node, double timestamp, int active) {
        return event("heartbeat", node, timestamp, Integer.toString(active));
    }

    /** {@code type} is online, heartbeat or offline; {@code active} any JSON. */
    static String event(String type, String node, double timestamp, String active) {
        return envelope("""
            {"hostname": "%s", "utcoffset": 0.0, "pid": 4256, "clock": 8, "freq": 2.0, "active": %s, "processed": 2, \
            "loadavg": [3.58, 2.51, 1.77], "sw_ident": "py-celery", "sw_ver": "5.7.0", "sw_sys": "Linux", \
            "timestamp": %.7f, "type": "worker-%s"}""".formatted(node, active, timestamp, type), node);
    }

    static String envelope(String body, String node) {
        return """
            {"body": "%s", "content-encoding": "utf-8", "content-type": "application/json", \
            "headers": {"hostname": "%s"}, "properties": {"delivery_mode": 1, "delivery_info": {"exchange": "celeryev", \
            "routing_key": "worker.heartbeat"}, "priority": 0, "body_encoding": "base64", \
            "delivery_tag": "eddf798a-7716-4bfd-9ee1-5056eef5486c"}}""".formatted(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)), node);
    }
}
