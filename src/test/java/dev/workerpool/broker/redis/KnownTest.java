package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownTest {
    private static final Read LENGTH = new Read.ListLength("mail");
    private static final Read TAIL = new Read.ListElement("mail", -1);
    private static final Read DUE = new Read.SortedSetUpTo("schedule", 1000, 10, Instant.ofEpochSecond(1000));

    private final Known known = new Known();

    @Test
    void an_answer_holds_until_its_key_is_announced() {
        keep(LENGTH, new Reply.Count(3));
        assertEquals(Optional.of(new Reply.Count(3)), known.answer(LENGTH));
        known.forget("mail");
        assertEquals(Optional.empty(), known.answer(LENGTH));
    }

    @Test
    void what_changed_while_it_was_read_is_not_kept() {
        known.keep(Map.of(LENGTH, new Reply.Count(3)), Set.of("mail"));
        assertEquals(Optional.empty(), known.answer(LENGTH));
    }

    @Test
    void of_an_empty_key_every_answer_is_known() {
        keep(LENGTH, new Reply.Count(0));
        assertEquals(Optional.of(new Reply.Text(Optional.empty())), known.answer(TAIL));
        assertEquals(List.of("mail"), known.empty());
        assertEquals(Map.of(), known.filled());
    }

    @Test
    void an_empty_sorted_set_has_nothing_due_however_late_it_is() {
        keep(new Read.SortedSetSize("schedule"), new Reply.Count(0));
        assertEquals(Optional.of(new Reply.Texts(List.of())), known.answer(DUE));
        assertEquals(
                Optional.of(new Reply.Count(0)),
                known.answer(new Read.SortedSetCount("schedule", 1, Double.POSITIVE_INFINITY, Instant.EPOCH)));
    }

    @Test
    void what_the_clock_alone_may_change_is_not_kept() {
        keep(DUE, new Reply.Texts(List.of()));
        keep(new Read.SortedSetNext("schedule", 1000), new Reply.Text(Optional.of("2000")));
        assertEquals(Optional.empty(), known.answer(DUE));
        assertEquals(Map.of(), known.filled());
    }

    @Test
    void a_refusal_is_not_kept_since_rights_change_without_any_key() {
        keep(LENGTH, new Reply.Refused("the login lacks the permission"));
        assertEquals(Optional.empty(), known.answer(LENGTH));
    }

    /** Redis keeps a stream that has nothing in it. */
    @Test
    void an_empty_stream_is_no_missing_key() {
        keep(new Read.StreamLength("mail"), new Reply.Count(0));
        assertEquals(List.of(), known.empty());
    }

    private void keep(Read read, Reply reply) {
        known.keep(Map.of(read, reply), Set.of());
    }
}
