package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.HandClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateLooksTest {
    private static final BrokerKey JOBS = new BrokerKey("shop", "jobs");
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final CertificateLooks looks = new CertificateLooks(clock, EVERY);

    @Test
    void what_was_never_looked_at_is_due() {
        assertTrue(looks.due(JOBS, Instant.EPOCH));
    }

    @Test
    void after_a_look_there_is_rest_until_the_next() {
        looks.taken(JOBS);
        clock.advance(EVERY.minusSeconds(60));
        assertFalse(looks.due(JOBS, Instant.EPOCH));
        assertEquals(Duration.ofSeconds(60), looks.rest(JOBS));
        clock.advance(Duration.ofSeconds(60));
        assertTrue(looks.due(JOBS, Instant.EPOCH));
        assertEquals(Duration.ofSeconds(1), looks.rest(JOBS), "never at once, whatever the timer does");
    }

    @Test
    void a_connection_that_was_lost_since_the_look_may_have_come_back_to_another_certificate() {
        looks.taken(JOBS);
        clock.advance(Duration.ofSeconds(5));
        assertTrue(looks.due(JOBS, clock.instant().minusSeconds(1)));
    }

    @Test
    void a_look_that_is_forgotten_is_due() {
        looks.taken(JOBS);
        looks.forget(JOBS);
        assertTrue(looks.due(JOBS, Instant.EPOCH));
    }
}
