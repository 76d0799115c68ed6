package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.framework.Sidekiq;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final PoolKey MAIL = new PoolKey("shop", "mail");
    private static final PoolKey IMAGES = new PoolKey("shop", "images");

    private final Agenda agenda = new Agenda(Duration.ofHours(1));

    AgendaTest() {
        agenda.replace(
                Map.of(MAIL, Sessions.query(new Sidekiq(), "mail"), IMAGES, Sessions.query(new Sidekiq(), "images")));
    }

    @Test
    void what_is_new_is_due_once() {
        assertEquals(Set.of(MAIL, IMAGES), agenda.take().keySet());
        assertTrue(agenda.isEmpty());
    }

    @Test
    void those_at_rest_are_left_out_but_stay_due_where_they_were_woken() {
        agenda.rests(MAIL, true);
        agenda.everyoneNotAtRest();
        assertEquals(Set.of(MAIL, IMAGES), agenda.take().keySet(), "new, though at rest");
        agenda.everyoneNotAtRest();
        assertEquals(Set.of(IMAGES), agenda.take().keySet());
        agenda.add(List.of(MAIL));
        agenda.everyoneNotAtRest();
        assertEquals(Set.of(MAIL, IMAGES), agenda.take().keySet(), "woken");
    }

    @Test
    void who_was_woken_just_now_has_its_breath() {
        assertEquals(Set.of(), agenda.wake(List.of("queue:mail")));
        agenda.take();
        assertEquals(Set.of(MAIL), agenda.wake(List.of("queue:mail", "somebody else's")));
        assertTrue(agenda.isEmpty());
        agenda.wakeNow(List.of(MAIL));
        assertEquals(Set.of(MAIL), agenda.take().keySet());
        assertEquals(Set.of(MAIL), agenda.wake(List.of("queue:mail")));
    }

    @Test
    void who_was_read_for_another_reason_is_woken_at_once() {
        agenda.everyone();
        agenda.take();
        assertEquals(Set.of(), agenda.wake(List.of("queue:mail")));
        assertEquals(Set.of(MAIL), agenda.take().keySet());
    }

    @Test
    void who_is_gone_is_not_due_and_leaves_its_own_keys() {
        assertEquals(Set.of("queue:mail"), agenda.replace(Map.of(IMAGES, Sessions.query(new Sidekiq(), "images"))));
        agenda.add(List.of(MAIL));
        assertEquals(Set.of(IMAGES), agenda.take().keySet());
    }
}
