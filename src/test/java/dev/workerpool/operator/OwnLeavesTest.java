package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Broker;
import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.testing.builders.HandClock;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.ClientIdentity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnLeavesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authority ONE = FreshKeys.authority("one", NOW, Duration.ofDays(1095));
    private static final Authority OTHER = FreshKeys.authority("other", NOW, Duration.ofDays(1095));

    private final HandClock clock = new HandClock(NOW);
    private final OwnLeaves leaves = new OwnLeaves(new Mint(), clock);
    private final Broker broker = aBroker().issuing().build();

    @Test
    void each_try_presents_the_same_until_it_is_taken_or_due() {
        ClientIdentity first = of(ONE);
        assertEquals(first, of(ONE));
        clock.advance(Duration.ofDays(61));
        ClientIdentity later = of(ONE);
        assertNotEquals(first, later);
        leaves.forget(BrokerReconciler.key(broker));
        assertNotEquals(later, of(ONE));
    }

    @Test
    void another_authority_signs_another() {
        of(ONE);
        assertTrue(OTHER.signed(of(OTHER).certificate()));
    }

    private ClientIdentity of(Authority by) {
        return leaves.of(broker, by, IssuerTerms.of(broker).orElseThrow());
    }
}
