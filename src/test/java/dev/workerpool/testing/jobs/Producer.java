package dev.workerpool.testing.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** A framework's real client in one long-lived process: it is started once and keeps its connection between orders. */
public final class Producer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Child child;
    private final BufferedWriter orders;
    private final BufferedReader receipts;

    Producer(Child child) {
        this.child = child;
        this.orders = child.process().outputWriter();
        this.receipts = child.process().inputReader();
    }

    /**
     * Sends the jobs and waits until the broker has them.
     *
     * @throws ProducerRefused with the framework's own error
     */
    public synchronized Sent send(Jobs jobs) {
        return receipt(answer(order(jobs)));
    }

    /** What the framework's own library says of a queue at this moment; not every app can. */
    public synchronized Inspected inspect(String queue) {
        JsonNode said = answer(JSON.createObjectNode().put("inspect", queue));
        return new Inspected(
                said.get("waiting").asLong(),
                said.get("due").asLong(),
                said.get("running").asLong(),
                said.get("paused").asLong(),
                said.get("failed").asLong(),
                Optional.of(said.get("oldest")).filter(JsonNode::isNumber).map(Producer::instant));
    }

    /** Through the framework's own library: nothing of this queue (RQ: of any) is taken any more. */
    public synchronized void pause(String queue) {
        answer(JSON.createObjectNode().put("pause", queue));
    }

    public synchronized void resume(String queue) {
        answer(JSON.createObjectNode().put("resume", queue));
    }

    private JsonNode answer(ObjectNode order) {
        try {
            orders.write(JSON.writeValueAsString(order));
            orders.newLine();
            orders.flush();
            String line = receipts.readLine();
            if (line == null) {
                throw new ProducerRefused("the producer ended: " + child.log());
            }
            JsonNode answer = JSON.readTree(line);
            if (answer.has("error")) {
                throw new ProducerRefused(answer.get("error").asText());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(child.log(), e);
        }
    }

    @Override
    public void close() {
        child.close();
    }

    private static ObjectNode order(Jobs jobs) {
        ObjectNode order = JSON.createObjectNode()
                .put("count", jobs.count())
                .put("seconds", jobs.lasting().toMillis() / 1000.0)
                .put("queue", jobs.queue())
                .put("counter", jobs.counter())
                .put("countdown", jobs.countdown().toMillis() / 1000.0)
                .put("late", jobs.acknowledgedLate())
                .put("retried", jobs.retried());
        if (jobs.priority().isPresent()) {
            return order.put("priority", jobs.priority().getAsInt());
        }
        return order.putNull("priority");
    }

    private static Sent receipt(JsonNode answer) {
        return new Sent(answer.get("count").asInt(), instant(answer.get("first")), instant(answer.get("last")));
    }

    private static Instant instant(JsonNode epochSeconds) {
        return Instant.ofEpochSecond(0, Math.round(epochSeconds.asDouble() * 1e9));
    }
}
