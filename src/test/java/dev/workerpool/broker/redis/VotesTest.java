package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Probe.Failed;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class VotesTest {
    private static final Endpoint OLD = new Endpoint("old", 6379, 0, false);
    private static final Endpoint NEW = new Endpoint("new", 6379, 0, false);
    private static final Votes.Vote SILENT = refusal(Cause.SentinelsUnreachable, "silent");

    private final Votes votes = new Votes("mymaster", 3);

    private static Votes.Vote refusal(Cause cause, String why) {
        return new Votes.Vote.Refusal(new Failed(cause, why));
    }

    @Test
    void the_newest_configuration_of_most_sentinels_counts() {
        votes.add(new Votes.Vote.For(OLD, 1));
        assertFalse(votes.outcome().isDone());
        votes.add(new Votes.Vote.For(NEW, 2));
        assertEquals(NEW, votes.outcome().join());
    }

    @Test
    void one_is_believed_when_the_others_cannot_be_asked() {
        votes.add(new Votes.Vote.For(NEW, 2));
        votes.add(SILENT);
        assertFalse(votes.outcome().isDone());
        votes.add(SILENT);
        assertEquals(NEW, votes.outcome().join());
    }

    @Test
    void what_people_can_mend_is_told_first() {
        votes.add(SILENT);
        votes.add(refusal(Cause.SentinelLoginRefused, "wrong password"));
        votes.add(SILENT);
        Failed failed = failed();
        assertEquals(Cause.SentinelLoginRefused, failed.cause());
        assertEquals("none of the 3 sentinels can be asked: wrong password", failed.message());
    }

    @Test
    void a_name_that_a_sentinel_does_not_know_is_unknown() {
        votes.add(SILENT);
        votes.add(new Votes.Vote.Unknown());
        votes.add(SILENT);
        assertEquals(Cause.MasterUnknown, failed().cause());
    }

    private Failed failed() {
        var thrown =
                assertThrows(CompletionException.class, () -> votes.outcome().join());
        return assertInstanceOf(NoMaster.class, thrown.getCause()).failed();
    }
}
