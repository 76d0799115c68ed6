package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.redis.Audit.Seen;
import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final Read MAIL = new Read.ListLength("mail");
    private static final Read LOW = new Read.ListLength("low");

    private final Known known = new Known();

    AuditTest() {
        known.keep(Map.of(MAIL, new Reply.Count(3), LOW, new Reply.Count(0)), Set.of());
    }

    @Test
    void what_is_as_it_was_was_not_missed() {
        assertEquals(Optional.empty(), new Audit(known).missed(seen(0, 3)));
    }

    @Test
    void another_length_without_a_word_was_missed() {
        assertEquals(Optional.of("mail"), new Audit(known).missed(seen(0, 4)));
    }

    @Test
    void an_empty_queue_that_is_there_without_a_word_was_missed() {
        assertEquals(Optional.of("one of 1 that were empty"), new Audit(known).missed(seen(1, 3)));
    }

    @Test
    void what_was_announced_meanwhile_was_not_missed() {
        Audit audit = new Audit(known);
        audit.change(List.of("mail", "low"));
        assertEquals(Optional.empty(), audit.missed(seen(1, 4)));
    }

    @Test
    void a_right_that_was_taken_away_is_no_missed_change() {
        Seen seen = new Seen(List.of(0L), Map.of(MAIL, new Reply.Refused("no")));
        assertEquals(Optional.empty(), new Audit(known).missed(seen));
    }

    private static Seen seen(long low, long mail) {
        return new Seen(List.of(low), Map.of(MAIL, new Reply.Count(mail)));
    }
}
