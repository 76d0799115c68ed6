package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.tls.Rotation.Seen;
import dev.workerpool.tls.Rotation.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LEAF = Duration.ofDays(90);
    private static final Duration LIFE = Duration.ofDays(1095);
    private static final Authority OLD = FreshKeys.authority("old", NOW, LIFE);
    private static final Authority NEW = FreshKeys.authority("new", NOW, LIFE);

    private final Rotation own = new Rotation(LEAF, Optional.empty(), "");

    private static Seen seen(Succession published, Authority proven, String... users) {
        return seen(NOW, published, proven, users);
    }

    private static Seen seen(Instant now, Succession published, Authority proven, String... users) {
        return new Seen(now, Set.copyOf(published.bundle()), proven.sha256(), () -> List.of(users));
    }

    @Test
    void what_servers_must_trust_is_told_them_before_anything_else() {
        Succession announced = Succession.of(OLD, "").announcing(NEW, "authority-1");
        assertEquals(new Step.Publish(announced.bundle()), own.next(announced, seen(Succession.of(OLD, ""), OLD)));
        assertEquals(List.of(OLD.certificate(), NEW.certificate()), announced.bundle());
    }

    @Test
    void the_next_one_is_tried_before_it_signs() {
        Succession announced = Succession.of(OLD, "").announcing(NEW, "authority-1");
        assertEquals(new Step.TryNext(NEW), own.next(announced, seen(announced, OLD)));
    }

    @Test
    void the_former_one_is_trusted_until_nobody_needs_it() {
        Succession succeeded = Succession.of(OLD, "").announcing(NEW, "").succeeded();
        assertEquals(Set.of(OLD.certificate(), NEW.certificate()), Set.copyOf(succeeded.bundle()));
        assertInstanceOf(Step.Await.class, own.next(succeeded, seen(succeeded, OLD)), "the operator itself needs it");
        assertEquals(new Step.Await(List.of("pod mail-1")), own.next(succeeded, seen(succeeded, NEW, "pod mail-1")));
        assertEquals(new Step.Write(succeeded.alone()), own.next(succeeded, seen(succeeded, NEW)));
        assertEquals(List.of(NEW.certificate()), succeeded.alone().bundle());
    }

    @Test
    void each_asking_is_heard_once() {
        Rotation asked = new Rotation(LEAF, Optional.empty(), "authority-2");
        Succession before = Succession.of(OLD, "authority-1");
        assertEquals(new Step.Announce(Optional.empty()), asked.next(before, seen(before, OLD)));
        Succession after = before.announcing(NEW, "authority-2").succeeded().alone();
        assertEquals(new Step.Keep(), asked.next(after, seen(after, NEW)));
        assertEquals(new Step.Keep(), own.next(after, seen(after, NEW)), "asking no longer is no asking");
    }

    @Test
    void it_is_due_at_two_thirds_of_its_life_and_while_what_it_signs_can_last() {
        Succession held = Succession.of(OLD, "");
        Instant due = OLD.notAfter().minus(LIFE.dividedBy(3));
        assertEquals(new Step.Keep(), own.next(held, seen(due.minus(Duration.ofDays(1)), held, OLD)));
        assertEquals(new Step.Announce(Optional.empty()), own.next(held, seen(due.plusSeconds(60), held, OLD)));
        Rotation longer = new Rotation(Duration.ofDays(400), Optional.empty(), "");
        assertTrue(longer.renewal(OLD).isBefore(due));
    }

    @Test
    void one_that_people_give_takes_the_place_of_another() {
        Rotation given = new Rotation(LEAF, Optional.of(NEW), "");
        Succession held = Succession.of(OLD, "");
        assertEquals(new Step.Announce(Optional.of(NEW)), given.next(held, seen(held, OLD)));
        Succession done = Succession.of(NEW, "");
        assertEquals(new Step.Keep(), given.next(done, seen(NEW.notAfter(), done, NEW)), "theirs is theirs to renew");
    }

    @Test
    void people_may_think_again_before_it_signs() {
        Authority third = FreshKeys.authority("third", NOW, LIFE);
        Succession announced = Succession.of(OLD, "").announcing(NEW, "");
        assertEquals(
                new Step.Announce(Optional.of(third)),
                new Rotation(LEAF, Optional.of(third), "").next(announced, seen(announced, OLD)));
        assertEquals(
                new Step.Write(Succession.of(OLD, "")),
                new Rotation(LEAF, Optional.of(OLD), "").next(announced, seen(announced, OLD)));
    }
}
