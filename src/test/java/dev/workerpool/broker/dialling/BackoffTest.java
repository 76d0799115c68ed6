package dev.workerpool.broker.dialling;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsLongerAfterEachFailureButNeverMoreThanAFewSeconds() {
        Backoff backoff = new Backoff(new Random(1));

        assertBetween(50, 100, backoff.next());
        assertBetween(100, 200, backoff.next());
        assertBetween(200, 400, backoff.next());
        for (int i = 0; i < 100; i++) {
            backoff.next();
        }
        assertBetween(1600, 3200, backoff.next());
    }

    @Test
    void aSuccessBeginsAnew() {
        Backoff backoff = new Backoff(new Random(1));
        backoff.next();
        backoff.next();
        backoff.succeeded();

        assertBetween(50, 100, backoff.next());
    }

    private static void assertBetween(long least, long most, Duration wait) {
        assertTrue(wait.toMillis() >= least && wait.toMillis() <= most, wait::toString);
    }
}
