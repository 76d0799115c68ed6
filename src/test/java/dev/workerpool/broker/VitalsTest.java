package dev.workerpool.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.Vitals.Clients;
import dev.workerpool.broker.Vitals.Memory;
import org.junit.jupiter.api.Test;

class VitalsTest {
    private static final Memory KEPT = new Memory.Limited("noeviction", 0);

    @Test
    void a_count_is_news_when_it_has_moved_by_a_twentieth_of_its_bound() {
        assertEquals(false, counted(84, 100).differsFrom(counted(80, 100)));
        assertEquals(true, counted(85, 100).differsFrom(counted(80, 100)));
        assertEquals(true, counted(75, 100).differsFrom(counted(80, 100)));
        assertEquals(true, counted(80, 200).differsFrom(counted(80, 100)));
    }

    @Test
    void another_policy_is_news_and_so_is_what_is_told_no_longer() {
        Vitals before = counted(5, 100);
        assertEquals(true, new Vitals(new Memory.Limited("allkeys-lru", 0), before.clients()).differsFrom(before));
        assertEquals(true, new Vitals(KEPT, new Clients.Untold("denied")).differsFrom(before));
        assertEquals(false, new Vitals(KEPT, before.clients()).differsFrom(before));
    }

    private static Vitals counted(long connected, long most) {
        return new Vitals(KEPT, new Clients.Counted(connected, most));
    }
}
