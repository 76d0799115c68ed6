package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElectorTest {
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final LeaseInMemory store = new LeaseInMemory();
    private long nanos = 1_000;

    /** One of those who stand; each has a wall clock of its own, and they share the time that passes. */
    private final class Candidate implements Elector.Office {
        private final Term term = new Term(Duration.ofSeconds(10), () -> nanos);
        private final List<String> heard = new ArrayList<>();
        private final Elector elector;

        Candidate(String name, Instant wallClock) {
            var config =
                    new OperatorConfig.Lease("ns", "lease", name, LEASE, Duration.ofSeconds(10), Duration.ofSeconds(2));
            var leases = new Leases(config, Clock.fixed(wallClock, ZoneOffset.UTC));
            elector = new Elector(config, store, leases, term, this);
        }

        @Override
        public void taken() {
            heard.add("taken");
        }

        @Override
        public void lost() {
            heard.add("lost");
        }
    }

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Candidate one = new Candidate("one", NOON);
    private final Candidate two = new Candidate("two", NOON.plus(Duration.ofHours(1)));

    private static Lease renewedByAnother(Lease lease) {
        return new LeaseBuilder(lease)
                .editSpec()
                .withRenewTime(ZonedDateTime.of(2026, 1, 1, 12, 0, 9, 0, ZoneOffset.UTC))
                .endSpec()
                .build();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void a_lease_that_is_not_there_is_made_and_held() {
        one.elector.turn();
        assertEquals(List.of("taken"), one.heard);
        assertTrue(one.term.runs());
        assertEquals("one", store.holder());
    }

    @Test
    void a_held_lease_is_not_taken_however_old_its_times_look_to_a_fast_clock() {
        one.elector.turn();
        two.elector.turn();
        pass(LEASE);
        two.elector.turn();
        assertEquals(List.of(), two.heard);
        assertEquals("one", store.holder());
    }

    @Test
    void a_lease_that_has_not_changed_for_longer_than_it_lasts_is_taken_over() {
        one.elector.turn();
        two.elector.turn();
        pass(LEASE.plusMillis(1));
        assertFalse(one.term.runs());
        two.elector.turn();
        assertEquals(List.of("taken"), two.heard);
        assertEquals(1, store.transitions());
    }

    @Test
    void each_renewal_is_waited_for_anew() {
        one.elector.turn();
        two.elector.turn();
        pass(Duration.ofSeconds(9));
        store.touch(ElectorTest::renewedByAnother);
        two.elector.turn();
        pass(Duration.ofSeconds(9));
        two.elector.turn();
        assertEquals(List.of(), two.heard);
    }

    @Test
    void whoever_finds_another_in_his_place_stops_at_once() {
        one.elector.turn();
        two.elector.turn();
        pass(LEASE.plusMillis(1));
        two.elector.turn();
        one.elector.turn();
        assertEquals(List.of("taken", "lost"), one.heard);
        assertFalse(one.term.runs());
        assertTrue(two.term.runs());
    }

    @Test
    void the_term_ends_before_the_lease_when_nobody_answers() {
        one.elector.turn();
        store.fail(true);
        pass(Duration.ofSeconds(8));
        one.elector.turn();
        assertTrue(one.term.runs());
        pass(Duration.ofSeconds(2));
        assertFalse(one.term.runs());
        one.elector.turn();
        assertEquals(List.of("taken", "lost"), one.heard);
    }

    @Test
    void what_was_lost_for_want_of_an_answer_is_taken_again_where_nobody_else_has() {
        one.elector.turn();
        store.fail(true);
        pass(Duration.ofSeconds(11));
        one.elector.turn();
        store.fail(false);
        one.elector.turn();
        assertEquals(List.of("taken", "lost", "taken"), one.heard);
        assertTrue(one.term.runs());
    }

    @Test
    void a_released_lease_is_taken_by_the_next_who_looks() {
        one.elector.turn();
        two.elector.turn();
        one.elector.release();
        assertFalse(one.term.runs());
        two.elector.turn();
        assertEquals(List.of("taken"), two.heard);
        assertEquals("two", store.holder());
    }

    @Test
    void who_is_not_the_leader_has_nothing_to_release() {
        one.elector.turn();
        two.elector.turn();
        two.elector.release();
        assertEquals("one", store.holder());
    }

    @Test
    void a_label_on_the_lease_costs_nobody_the_lead() {
        one.elector.turn();
        store.touch(lease -> new LeaseBuilder(lease)
                .editMetadata()
                .addToLabels("team", "a")
                .endMetadata()
                .build());
        one.elector.turn();
        one.elector.turn();
        assertEquals(List.of("taken"), one.heard);
        pass(Duration.ofSeconds(9));
        one.elector.turn();
        pass(Duration.ofSeconds(9));
        assertTrue(one.term.runs());
    }
}
