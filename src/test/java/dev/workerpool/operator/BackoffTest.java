package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void doubles_up_to_a_bound_and_never_ends() {
        assertEquals(
                List.of(1L, 2L, 4L, 5L, 5L, 5L),
                Stream.generate(() -> backoff.next("a").toSeconds()).limit(6).toList());
    }

    @Test
    void begins_anew_after_a_success() {
        backoff.next("a");
        backoff.next("a");
        backoff.reset("a");
        assertEquals(Duration.ofSeconds(1), backoff.next("a"));
    }

    @Test
    void one_does_not_wait_for_another() {
        backoff.next("a");
        backoff.next("a");
        assertEquals(Duration.ofSeconds(1), backoff.next("b"));
    }
}
