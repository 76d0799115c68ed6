package dev.workerpool.story.badinput;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** What a Broker or a WorkerPool says of itself: its conditions, and the warnings about it. */
record Told(Pools pools, String kind, String name) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WARNING = "Warning ";

    /** Waits until the condition says this: status, reason, message. */
    void says(String type, String status, String reason, String message) {
        saysLike(type, status, reason, Pattern.quote(message));
    }

    /** As {@link #says}, where the message holds what only the moment knows. */
    void saysLike(String type, String status, String reason, String message) {
        Pattern words = Pattern.compile("%s %s: %s".formatted(status, reason, message), Pattern.DOTALL);
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> words.matcher(said(type)).matches());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "%s of %s %s is not\n  %s\nbut\n  %s".formatted(type, kind, name, words, said(type)), e);
        }
    }

    /** Waits until it is Ready for this reason. */
    void isReady(String reason) {
        saysLike("Ready", "True", reason, ".*");
    }

    /** Status, reason and message of a condition; empty where there is none. */
    String said(String type) {
        return condition(type)
                .map(it -> "%s %s: %s".formatted(it.getStatus(), it.getReason(), it.getMessage()))
                .orElse("");
    }

    Optional<Condition> condition(String type) {
        return "Broker".equals(kind) ? pools.brokerCondition(name, type) : pools.condition(name, type);
    }

    /** All warnings there ever were about it, each once: reasons, in order. */
    void warnedOf(String... reasons) {
        assertEquals(List.of(reasons), reasonsOfWarnings(), () -> warnings().toString());
    }

    List<String> reasonsOfWarnings() {
        return warnings().stream().map(warning -> warning.split(":", 2)[0]).toList();
    }

    /** Reason and message of each warning, in order. */
    List<String> warnings() {
        return pools.events(kind, name).stream()
                .filter(event -> event.startsWith(WARNING))
                .map(event -> event.substring(WARNING.length()))
                .toList();
    }
}
