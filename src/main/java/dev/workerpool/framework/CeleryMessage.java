package dev.workerpool.framework;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What matters here of a message as kombu writes it: the header {@code eta} and the property {@code delivery_tag}. Anybody may
 * have written it, so nothing here throws; its body is passed over.
 */
final class CeleryMessage {
    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable String eta;
    private @Nullable String tag;

    private CeleryMessage() {}

    /** Of a message in a queue's list: its ETA in milliseconds, or nothing. */
    static String listed(String message) {
        CeleryMessage read = new CeleryMessage();
        try (JsonParser json = JSON.createParser(message)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            read.message(json);
        } catch (IOException e) {
            return "";
        }
        return read.etaMillis();
    }

    /** Of a value of {@code unacked}: ETA, delivery tag and queue, with a blank between them; nothing where it names no queue. */
    static String taken(String value) {
        CeleryMessage read = new CeleryMessage();
        try (JsonParser json = JSON.createParser(value)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return "";
            }
            if (json.nextToken() == JsonToken.START_OBJECT) {
                read.message(json);
            } else {
                json.skipChildren();
            }
            json.nextToken();
            json.skipChildren();
            return json.nextToken() == JsonToken.VALUE_STRING
                    ? "%s %s %s".formatted(read.etaMillis(), read.tag == null ? "" : read.tag, json.getText())
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** When it is to begin, where it says so. */
    static Optional<Instant> eta(String millis) {
        return millis.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    private void message(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String part = json.currentName();
            boolean object = json.nextToken() == JsonToken.START_OBJECT;
            if (object && "headers".equals(part)) {
                eta = text(json, "eta");
            } else if (object && "properties".equals(part)) {
                tag = text(json, "delivery_tag");
            } else {
                json.skipChildren();
            }
        }
    }

    private static @Nullable String text(JsonParser json, String field) throws IOException {
        String found = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = field.equals(json.currentName());
            if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
                found = json.getText();
            }
            json.skipChildren();
        }
        return found;
    }

    /** A time without an offset is in UTC, as Celery's worker takes it, whatever {@code enable_utc} says. */
    private String etaMillis() {
        if (eta == null) {
            return "";
        }
        try {
            var time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    eta.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            Instant begins = time instanceof OffsetDateTime exact
                    ? exact.toInstant()
                    : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
            return Long.toString(begins.toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return ""; // Celery refuses the message, which takes a worker, too
        }
    }
}
