package dev.workerpool.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Vitals;
import dev.workerpool.broker.Vitals.Clients;
import dev.workerpool.broker.Vitals.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VitalVerdictsTest {
    private static final Clients FEW = new Clients.Counted(5, 100);
    private static final Memory KEPT = new Memory.Limited("noeviction", 0);

    @Test
    void a_policy_that_evicts_counts_where_there_is_a_limit() {
        assertEquals("EvictsKeys=False NoEviction", evicts(KEPT));
        assertEquals("EvictsKeys=False NoEviction", evicts(new Memory.Limited("noeviction", 1 << 20)));
        assertEquals("EvictsKeys=False NoMemoryLimit", evicts(new Memory.Limited("allkeys-lru", 0)));
        assertEquals("EvictsKeys=True EvictionPolicy", evicts(new Memory.Limited("allkeys-lru", 1 << 20)));
        assertEquals("EvictsKeys=True EvictionPolicy", evicts(new Memory.Limited("volatile-ttl", Long.MAX_VALUE)));
        assertEquals("EvictsKeys=Unknown NotTold", evicts(new Memory.Untold("denied")));
    }

    @Test
    void policy_limit_and_cure_are_named() {
        String said = first(new Vitals(new Memory.Limited("allkeys-lru", 64 << 20), FEW))
                .message();
        assertEquals(
                "maxmemory-policy is allkeys-lru: when the memory of 64 MiB is full, the server throws away any key, "
                        + "queues with their jobs among them; set it to noeviction",
                said);
    }

    @Test
    void eighty_percent_of_the_connections_are_near_the_limit() {
        assertEquals("NearConnectionLimit=False ConnectionsLeft", near(new Clients.Counted(79, 100)));
        assertEquals("NearConnectionLimit=True FewConnectionsLeft", near(new Clients.Counted(80, 100)));
        assertEquals("NearConnectionLimit=Unknown NotTold", near(new Clients.Untold("denied")));
        String said = VitalVerdicts.of(Optional.of(new Vitals(KEPT, new Clients.Counted(91, 100))), null)
                .getLast()
                .message();
        assertTrue(said.startsWith("91 of 100 connections are in use"), said);
    }

    @Test
    void until_the_broker_has_been_asked_what_stood_there_stays() {
        assertEquals(
                List.of("EvictsKeys=Unknown NotAskedYet", "NearConnectionLimit=Unknown NotAskedYet"),
                VitalVerdicts.of(Optional.empty(), null).stream()
                        .map(VitalVerdictsTest::summary)
                        .toList());
        List<Verdict> before = VitalVerdicts.of(Optional.of(new Vitals(KEPT, FEW)), null);
        assertEquals(before, VitalVerdicts.of(Optional.empty(), ConditionList.of(before, null, 1L, Instant.EPOCH)));
    }

    @Test
    void only_what_has_become_true_is_warned_of() {
        List<Verdict> evicting =
                VitalVerdicts.of(Optional.of(new Vitals(new Memory.Limited("allkeys-lru", 1), FEW)), null);
        List<Verdict> kept = VitalVerdicts.of(Optional.of(new Vitals(KEPT, FEW)), null);
        assertEquals(List.of(evicting.getFirst()), VitalVerdicts.warnings(evicting, null));
        assertEquals(
                List.of(evicting.getFirst()),
                VitalVerdicts.warnings(evicting, ConditionList.of(kept, null, 1L, Instant.EPOCH)));
        assertEquals(List.of(), VitalVerdicts.warnings(evicting, ConditionList.of(evicting, null, 1L, Instant.EPOCH)));
        assertEquals(List.of(), VitalVerdicts.warnings(kept, null));
    }

    private static String evicts(Memory memory) {
        return summary(first(new Vitals(memory, FEW)));
    }

    private static String near(Clients clients) {
        return summary(
                VitalVerdicts.of(Optional.of(new Vitals(KEPT, clients)), null).getLast());
    }

    private static Verdict first(Vitals vitals) {
        return VitalVerdicts.of(Optional.of(vitals), null).getFirst();
    }

    private static String summary(Verdict verdict) {
        return verdict.type() + "=" + verdict.status() + " " + verdict.reason();
    }
}
