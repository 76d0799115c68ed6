package dev.workerpool.testing.signing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.testing.jobs.Child;
import dev.workerpool.testing.jobs.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A broker, a worker of the pool {@code mail} and whoever sends to it, with the code mounted or without. */
public final class Attacked implements AutoCloseable {
    static final String WEB = "client/web";
    static final String OTHER = "client/other";
    static final String OLD = "client/old";
    static final String OPERATOR = "operator";
    static final String REPORTS = "pool/reports";
    static final String STRANGER = "client/stranger";
    static final String NOBODY = "";

    private static final String MAIL = "pool/mail";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RedisServer broker;
    private final SigningApp app;
    private final boolean signed;
    private final Signers signers;
    private final Signers strangers;
    private final Map<String, Sender> senders = new HashMap<>();
    private final Map<String, Long> refusals = new HashMap<>();
    private Child worker;
    private int words;

    /** Takes about ten seconds, most of them for keys and interpreters. */
    public Attacked(RedisServer broker, CeleryVersion celery, boolean signed, Path folder, Path strangersFolder) {
        this.broker = broker;
        this.signed = signed;
        this.app = new SigningApp(celery, Map.of("REDIS", broker.url()));
        this.signers = new Signers(folder)
                .with(MAIL, "*")
                .with(WEB, "mail.*")
                .with(OTHER, "reports.*")
                .with(OLD, Duration.ofHours(-1), "*")
                .with(REPORTS, "*")
                .with(OPERATOR);
        this.strangers = new Signers(strangersFolder).with(STRANGER, "*");
        this.worker = startWorker();
    }

    private Child startWorker() {
        List<String> accepted = List.of(WEB, OTHER, OLD, OPERATOR);
        return app.startWorker(signed ? signers.variables(MAIL, accepted) : Map.of(), "-P", "solo");
    }

    void restartWorker() {
        worker.close();
        worker = startWorker();
        refusals.clear();
    }

    /** A word that no task has been told yet. */
    String word() {
        return "word-" + ++words;
    }

    Sender sender(String name) {
        return senders.computeIfAbsent(name, this::startSender);
    }

    private Sender startSender(String name) {
        if (!signed || name.equals(NOBODY)) {
            return app.sender(Map.of());
        }
        Map<String, String> variables = new HashMap<>();
        if (name.equals(OLD)) {
            variables.put("EXPIRED", "1");
        }
        variables.putAll((name.equals(STRANGER) ? strangers : signers).variables(name));
        return app.sender(variables);
    }

    /** What a client's message looks like in the broker, where no worker takes it. */
    Message parked(ObjectNode order) {
        sender(WEB).does(order.put("queue", "park"));
        return Message.of(broker.cli("RPOP", "park"));
    }

    /** Hands a message to the worker. */
    void put(Message message) {
        broker.cli("LPUSH", "mail", message.inQueue("mail").text());
    }

    /** Whether the task that notes this word has run once, or else what the worker says of it. */
    String outcome(String noted) {
        return outcome(noted, 1);
    }

    String outcome(String noted, int times) {
        // Tasks are done in order; twice, as one may send another.
        barrier();
        barrier();
        if (times(noted) >= times) {
            return "runs";
        }
        return signed ? "refused: " + reason() : "refused";
    }

    private void barrier() {
        String word = word();
        sender(WEB).does(Sender.task("mail.note", word, "mail"));
        await(word);
    }

    void await(String noted) {
        Awaitility.await()
                .atMost(PATIENCE)
                .conditionEvaluationListener(
                        ignored -> assertTrue(worker.process().isAlive(), worker::log))
                .until(() -> times(noted) > 0);
    }

    private long times(String noted) {
        return broker.cli("LRANGE", "ran", "0", "-1")
                .lines()
                .filter(noted::equals)
                .count();
    }

    /** The one that has been counted since it was last asked. */
    private String reason() {
        JsonNode counts = sender(WEB).does(Sender.order("refused"));
        StringBuilder more = new StringBuilder();
        counts.properties().forEach(count -> {
            long now = count.getValue().asLong();
            Long before = refusals.put(count.getKey(), now);
            if (now > (before == null ? 0 : before)) {
                more.append(more.isEmpty() ? "" : ", ").append(count.getKey());
            }
        });
        return more.isEmpty() ? "nobody knows why" : more.toString();
    }

    /** Whether the worker answers a command. */
    String answers(String name) {
        JsonNode answers = sender(name).does(Sender.order("ping").put("seconds", 1.5));
        return answers.isEmpty() ? "refused" : "runs";
    }

    @Override
    public void close() {
        senders.values().forEach(Sender::close);
        worker.close();
    }
}
