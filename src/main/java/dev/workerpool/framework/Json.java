package dev.workerpool.framework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what frameworks wrote into Redis. Anybody may have written it: nothing here throws. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Between them lie the years 1970 + 3 days in milliseconds and 5138 in seconds. */
    private static final double SMALLEST_MILLIS = 1e11;

    private static final double LARGEST_MILLIS = 1e14;

    private Json() {}

    /** An object; empty where the text is anything else. */
    static Optional<JsonNode> object(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    /** The texts of a field that is an array of nothing else. */
    static Optional<Set<String>> texts(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(JsonNode::isArray)
                .filter(array -> array.valueStream().allMatch(JsonNode::isTextual))
                .map(array -> array.valueStream().map(JsonNode::asText).collect(Collectors.toSet()));
    }

    /** Seconds with a fraction, or milliseconds: told apart by magnitude, as Sidekiq 8 changed from one to the other. */
    static Optional<Instant> time(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
                .flatMap(Json::time);
    }

    static Optional<Instant> time(double number) {
        double seconds = number >= SMALLEST_MILLIS ? number / 1000 : number;
        if (!(number > 0 && number < LARGEST_MILLIS)) {
            return Optional.empty();
        }
        // A double of this size is exact to a quarter of a microsecond.
        long whole = (long) seconds;
        return Optional.of(Instant.ofEpochSecond(whole, Math.round((seconds - whole) * 1e6) * 1000));
    }
}
