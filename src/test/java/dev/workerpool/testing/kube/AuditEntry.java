package dev.workerpool.testing.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;

/**
 * One request that the API server has answered; a watch that it has begun to answer.
 *
 * @param code the HTTP status
 */
public record AuditEntry(
        String verb, Target target, String user, String userAgent, int code, Instant received, Instant answered) {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    /** What was asked for; a part that the request does not have is empty. */
    public record Target(
            String path, String group, String resource, String subresource, String namespace, String name) {}

    /** Whether it could have changed something that is stored. */
    public boolean isWrite() {
        return WRITES.contains(verb);
    }

    static AuditEntry of(JsonNode event) {
        JsonNode object = event.path("objectRef");
        Target target = new Target(
                event.path("requestURI").asText(),
                object.path("apiGroup").asText(),
                object.path("resource").asText(),
                object.path("subresource").asText(),
                object.path("namespace").asText(),
                object.path("name").asText());
        return new AuditEntry(
                event.path("verb").asText(),
                target,
                event.path("user").path("username").asText(),
                event.path("userAgent").asText(),
                event.path("responseStatus").path("code").asInt(),
                Instant.parse(event.path("requestReceivedTimestamp").asText()),
                Instant.parse(event.path("stageTimestamp").asText()));
    }
}
