package dev.workerpool.testing.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.testing.jobs.Child;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A client process of the app that does one order after the other. */
public final class Sender implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Child child;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    Sender(Child child) {
        this.child = child;
        this.orders = child.process().outputWriter();
        this.answers = child.process().inputReader();
    }

    public static ObjectNode order(String what) {
        return JSON.createObjectNode().put("do", what);
    }

    /** One task with one argument. */
    public static ObjectNode task(String task, String word, String queue) {
        return order("send").put("task", task).put("word", word).put("queue", queue);
    }

    /**
     * What the client answered.
     *
     * @throws IllegalStateException with what it said instead
     */
    public JsonNode does(ObjectNode order) {
        try {
            orders.write(JSON.writeValueAsString(order));
            orders.newLine();
            orders.flush();
            String line = answers.readLine();
            JsonNode said = line == null ? null : JSON.readTree(line);
            if (said == null || said.has("error")) {
                throw new IllegalStateException(
                        said == null ? child.log() : said.get("error").asText());
            }
            return said.get("answer");
        } catch (IOException e) {
            throw new UncheckedIOException(child.log(), e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
