package dev.workerpool.story.badinput;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** An object that somebody else has made, as it was when it had come to rest. */
record Stranger(Neighbourhood all, String object, String json) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AT_REST = Duration.ofSeconds(2);

    /** Returns when Kubernetes' own controllers have nothing more to note on it. */
    static Stranger settled(Neighbourhood all, String object, String manifest) {
        all.apply(manifest);
        AtomicReference<String> last = new AtomicReference<>("");
        await(object + " at rest")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .during(AT_REST)
                .until(() -> {
                    String now = json(all, object);
                    return now.equals(last.getAndSet(now));
                });
        return new Stranger(all, object, last.get());
    }

    /** To the byte: its version and who manages which field included. */
    void isUntouched() {
        assertEquals(json, json(all, object));
    }

    void leaves() {
        all.kubectl("delete", object);
    }

    private static String json(Neighbourhood all, String object) {
        return all.kubectl("get", object, "-o", "json", "--show-managed-fields");
    }
}
