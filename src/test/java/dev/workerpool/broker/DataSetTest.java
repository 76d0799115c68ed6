package dev.workerpool.broker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ids are those that redis-server 7.0 was seen to say in each case. */
class DataSetTest {
    private static final DataSet OLD = new DataSet(Set.of("run a", "replication 1"), Set.of(), false);

    @Test
    void the_same_process_under_another_address_holds_it() {
        assertTrue(new DataSet(Set.of("run a"), Set.of(), false).holdsWhatWasIn(OLD));
    }

    @Test
    void a_replica_holds_it_and_so_does_one_that_was_promoted() {
        assertTrue(new DataSet(Set.of("run b", "replication 1"), Set.of(), true).holdsWhatWasIn(OLD));
        assertTrue(new DataSet(Set.of("run b", "replication 2"), Set.of("replication 1"), false).holdsWhatWasIn(OLD));
    }

    @Test
    void what_the_old_one_went_on_from_does_not() {
        DataSet formerMaster = new DataSet(Set.of("run c", "replication 0"), Set.of(), false);
        DataSet promoted = new DataSet(Set.of("run a", "replication 1"), Set.of("replication 0"), false);
        assertFalse(formerMaster.holdsWhatWasIn(promoted));
        DataSet sibling = new DataSet(Set.of("run d", "replication 9"), Set.of("replication 0"), false);
        assertFalse(sibling.holdsWhatWasIn(promoted));
    }

    @Test
    void who_says_nothing_is_not_known_again() {
        assertFalse(DataSet.UNTOLD.holdsWhatWasIn(DataSet.UNTOLD));
        assertFalse(OLD.holdsWhatWasIn(DataSet.UNTOLD));
        assertTrue(OLD.holdsWhatWasIn(DataSet.remembered(List.of("replication 1"))));
    }
}
