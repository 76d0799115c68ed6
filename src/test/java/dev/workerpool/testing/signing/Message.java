package dev.workerpool.testing.signing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A task as it stands in Redis, and what somebody who can write there makes of it. */
record Message(ObjectNode envelope) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Message of(String text) {
        try {
            return new Message((ObjectNode) JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    String text() {
        return envelope.toString();
    }

    Message inQueue(String queue) {
        Message copy = new Message(envelope.deepCopy());
        ((ObjectNode) copy.envelope().at("/properties/delivery_info")).put("routing_key", queue);
        return copy;
    }

    /** {@code value} is any JSON. */
    Message withHeader(String header, JsonNode value) {
        Message copy = new Message(envelope.deepCopy());
        ((ObjectNode) copy.envelope().get("headers")).set(header, value);
        return copy;
    }

    Message withHeader(String header, String value) {
        return withHeader(header, JSON.getNodeFactory().textNode(value));
    }

    /** The body as it stands there: JSON, or that and its signature in Base64. */
    String body() {
        byte[] body = Base64.getDecoder().decode(envelope.get("body").asText());
        return new String(isSigned() ? Base64.getDecoder().decode(body) : body, StandardCharsets.ISO_8859_1);
    }

    Message withBody(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        byte[] inner = isSigned() ? Base64.getEncoder().encode(bytes) : bytes;
        Message copy = new Message(envelope.deepCopy());
        copy.envelope().put("body", Base64.getEncoder().encodeToString(inner));
        return copy;
    }

    private boolean isSigned() {
        return "application/data".equals(envelope.get("content-type").asText());
    }
}
