package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.Endpoint;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final Endpoint ASKED = new Endpoint("here", 7000, 0, true);

    @Test
    void each_key_lies_with_the_master_of_its_slot_and_where_nobody_holds_it_nowhere() {
        Slots slots = Slots.parse(List.of(range(0, 8000, "a", 7001), range(14_000, 16_383, "b", 7002)), ASKED);
        Endpoint first = new Endpoint("a", 7001, 0, true);
        Endpoint second = new Endpoint("b", 7002, 0, true);
        assertEquals(Set.of(first, second), slots.masters());
        assertEquals(slots.of("{x}a"), slots.of("{x}b"));
        for (int i = 0; i < 100; i++) {
            int slot = SlotHash.getSlot("key-" + i);
            Optional<Endpoint> wanted = holder(slot, first, second);
            assertEquals(wanted, slots.of("key-" + i));
        }
    }

    private static Optional<Endpoint> holder(int slot, Endpoint first, Endpoint second) {
        if (slot <= 8000) {
            return Optional.of(first);
        }
        return slot >= 14_000 ? Optional.of(second) : Optional.empty();
    }

    private static List<Object> range(long from, long to, String host, long port) {
        return List.of(from, to, List.of(host, port, "id-of-" + host));
    }
}
