package dev.workerpool.framework;

import static dev.workerpool.framework.CeleryMessages.task;
import static dev.workerpool.framework.CeleryMessages.unacked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.scaling.Figure;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CeleryTest {
    private static final Celery CELERY = new Celery(Optional.of("tasks"), "", Duration.ofHours(1));

    @Test
    void waitingIsTheSumOfTheFourPriorityLists() {
        Round round = Round.of(CELERY, "mail")
                .count("mail", 5)
                .count("mail\u0006\u00163", 4)
                .count("mail\u0006\u00166", 2)
                .count("mail\u0006\u00169", 1)
                .count("other", 100);

        assertEquals(Figure.of(12), round.queue("mail").waiting());
    }

    @Test
    void aKeyPrefixStandsBeforeEveryKeyAndChannel() {
        Celery prefixed = new Celery(Optional.empty(), "{t1}:*", Duration.ofHours(1));
        Round round = Round.of(prefixed, "mail")
                .count("{t1}:*mail", 3)
                .members("{t1}:*unacked", unacked("1", "mail"))
                .count("mail", 100);

        assertEquals(Figure.of(3), round.queue("mail").waiting());
        assertEquals(Figure.of(1), round.queue("mail").held());
        assertEquals(List.of("{t1}:\\*/2.celeryev/worker.*"), prefixed.reportChannels(2));
        assertEquals(List.of("/0.celeryev/worker.*"), CELERY.reportChannels(0));
    }

    @Test
    void heldJobsBelongToTheQueueThatTheirMessageNamesLast() {
        Round round = Round.of(CELERY, "mail", "reports")
                .members("unacked", unacked("1", "reports"), unacked("2", "mail"), unacked("3", "reports"));

        assertEquals(Figure.of(1), round.queue("mail").held());
        assertEquals(Figure.of(2), round.queue("reports").held());
        assertTrue(round.measured().heldMayRun());
    }

    @Test
    void tooManyHeldJobsAreUnknownAndAreNotRead() {
        Round round = Round.of(CELERY, "mail").count("unacked", 1001);

        Figure.Unknown held =
                assertInstanceOf(Figure.Unknown.class, round.queue("mail").held());
        assertTrue(held.why().contains("1001"), held.why());
    }

    @Test
    void asManyAsAreReadAreKnown() {
        Round round = Round.of(CELERY, "mail").members("unacked", Collections.nCopies(1000, unacked("1", "mail")));

        assertEquals(Figure.of(1000), round.queue("mail").held());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "not json",
                "[",
                "[{}, \"\"]",
                "[{}, \"\", 7]",
                "{\"0\": 1}",
                "\uFFFD\u0000\u0001",
                "[{\"body\": \"W1sz"
            })
    void aMalformedMessageMakesHeldUnknownForEveryQueue(String garbage) {
        Round round = Round.of(CELERY, "mail").members("unacked", unacked("1", "mail"), garbage);

        Figure.Unknown held =
                assertInstanceOf(Figure.Unknown.class, round.queue("mail").held());
        assertEquals("a message in unacked does not say which queue it belongs to", held.why());
        assertEquals(Figure.of(0), round.queue("mail").waiting());
    }

    @Test
    void aRefusedKeyIsUnknownWithTheReasonAndSpoilsNothingElse() {
        Round round = Round.of(CELERY, "mail", "reports")
                .refused("mail", "key mail holds a hash, not a list")
                .count("reports", 2);

        assertEquals(
                new Figure.Unknown("key mail holds a hash, not a list"),
                round.queue("mail").waiting());
        assertEquals(Figure.of(2), round.queue("reports").waiting());
        assertEquals(Figure.of(0), round.queue("mail").held());
    }

    @Test
    void refusedHeldJobsAreUnknown() {
        Round round = Round.of(CELERY, "mail").refused("unacked", "no permission");

        assertEquals(new Figure.Unknown("no permission"), round.queue("mail").held());
    }

    @Test
    void theTailIsThatOfTheLowestPriorityWhichWorkersComeToLast() {
        Round both = Round.of(CELERY, "mail")
                .list("mail", task("new", "mail", 0), task("old", "mail", 0))
                .list("mail\u0006\u00169", task("late", "mail", 9));
        Round one = Round.of(CELERY, "mail").list("mail", task("newer", "mail", 0), task("old", "mail", 0));

        assertEquals(Digest.of(task("late", "mail", 9)), tail(both));
        assertEquals(Digest.of(task("old", "mail", 0)), tail(one));
        assertNotEquals(tail(one), tail(both));
        assertEquals(Optional.empty(), Round.of(CELERY, "mail").queue("mail").tail());
    }

    @Test
    void theTailHasNoTimeStampForCeleryWritesNone() {
        Round round = Round.of(CELERY, "mail").list("mail", "\uFFFD binary");

        assertFalse(round.queue("mail").tail().orElseThrow().enqueued().isPresent());
    }

    private static String tail(Round round) {
        return round.queue("mail").tail().orElseThrow().id();
    }
}
