package dev.workerpool.framework;

import static dev.workerpool.framework.CeleryMessages.later;
import static dev.workerpool.framework.CeleryMessages.taken;
import static dev.workerpool.framework.CeleryMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.QueueReading.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks with an ETA or a countdown, and tasks that a worker has taken. The round is read at 11:00:00 UTC. */
class CeleryLaterTest {
    private static final Duration STARTS_IN = Duration.ofSeconds(20);
    private static final Duration GIVEN_BACK_AFTER = Duration.ofHours(1);
    private static final Celery CELERY = new Celery(Optional.of("tasks"), "", GIVEN_BACK_AFTER);
    private static final String NOON = "2026-11-21T12:00:00+00:00";
    private static final Instant AT_NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Round round = Round.of(CELERY, "mail").ahead(STARTS_IN);

    @Test
    void inAListNobodyTakesFromTasksForLaterDoNotWait() {
        round.list("mail", task("a", "mail", 0), later("b", "mail", NOON), later("c", "mail", NOON));

        assertEquals(Figure.of(1), round.queue("mail").waiting());
        assertEquals(Figure.of(2), round.measured().beside().scheduled());
        assertEquals(Optional.of(AT_NOON.minus(STARTS_IN)), round.measured().next());
    }

    @Test
    void aTaskWaitsFromTheMomentAtWhichAWorkerMustBeginToStart() {
        round.list("mail", later("b", "mail", "2026-11-21T11:00:20+00:00"));
        assertEquals(Figure.of(1), round.queue("mail").waiting());
        assertEquals(Optional.empty(), round.measured().next());

        round.list("mail", later("b", "mail", "2026-11-21T11:00:20.001+00:00"));
        assertEquals(Figure.of(0), round.queue("mail").waiting());
        assertEquals(Optional.empty(), round.queue("mail").tail());
    }

    @Test
    void eachOfTheFourListsIsLookedAtByItself() {
        round.list("mail", later("b", "mail", NOON)).list("mail\u0006\u00169", task("low", "mail", 9));

        assertEquals(Figure.of(1), round.queue("mail").waiting());
        assertEquals(Figure.of(1), round.measured().beside().scheduled());
    }

    @Test
    void whereTheOldestOfAListIsForNowNothingElseOfItIsRead() {
        round.list("mail", later("b", "mail", NOON), task("a", "mail", 0));

        assertEquals(Figure.of(2), round.queue("mail").waiting());
    }

    @Test
    void moreThanAreLookedAtCountAsWaiting() {
        round.list("mail", Collections.nCopies(1001, later("b", "mail", NOON)).toArray(String[]::new));

        assertEquals(Figure.of(1001), round.queue("mail").waiting());
        Figure.Unknown later =
                assertInstanceOf(Figure.Unknown.class, round.measured().beside().scheduled());
        assertTrue(later.why().contains("1001"), later.why());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T12:00:00+00:00",
        "2026-11-21T12:00:00Z",
        "2026-11-21T12:00:00.000000+00:00",
        "2026-11-21T21:00:00+09:00",
        "2026-11-21T06:30:00-05:30",
        "2026-11-21 12:00:00",
        "2026-11-21T12:00:00"
    })
    void anEtaIsReadInItsOwnOffsetAndWithoutOneInUtc(String eta) {
        round.list("mail", later("b", "mail", eta));

        assertEquals(Optional.of(AT_NOON.minus(STARTS_IN)), round.measured().next());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-13-41T12:00:00", "+999999999-01-01T00:00:00Z", "12"})
    void anEtaThatIsNoneIsForNow(String eta) {
        round.list("mail", later("b", "mail", eta));

        assertEquals(Figure.of(1), round.queue("mail").waiting());
    }

    @Test
    void whatAWorkerHoldsForLaterIsNotHeld() {
        round.members(
                        "unacked",
                        taken(task("a", "mail", 0), "t1", "mail"),
                        taken(later("b", "mail", NOON), "t2", "mail"),
                        taken(later("c", "other", NOON), "t3", "other"))
                .dated("unacked_index", Map.of("t1", at("10:59:00"), "t2", at("10:30:00"), "t3", at("10:30:00")));

        assertEquals(Figure.of(1), round.queue("mail").held());
        assertEquals(Figure.of(1), round.measured().beside().scheduled());
        assertEquals(
                List.of(
                        new Taken(time("10:59:00"), time("11:59:00"), Optional.empty()),
                        new Taken(time("10:30:00"), time("11:59:40"), Optional.of(time("11:59:40")))),
                round.queue("mail").taken());
    }

    @Test
    void aTaskThatIsInNoIndexWasTakenJustNow() {
        round.members("unacked", taken(task("a", "mail", 0), "t1", "mail"));

        assertEquals(
                List.of(new Taken(Round.NOW, Round.NOW.plus(GIVEN_BACK_AFTER), Optional.empty())),
                round.queue("mail").taken());
    }

    @Test
    void whatIsGivenBackIsNeededAgainNoEarlierThanItsEta() {
        round.members("unacked", taken(later("b", "mail", "2026-11-21T14:00:00Z"), "t1", "mail"))
                .dated("unacked_index", Map.of("t1", at("10:30:00")));

        assertEquals(time("13:59:40"), round.queue("mail").taken().getFirst().back());
    }

    @Test
    void ofAMessageNothingIsKeptButWhatMattersHere() {
        assertEquals(texts(""), Gist.of(list(), texts(task("a", "mail", 0))));
        assertEquals(texts("1795262400000"), Gist.of(list(), texts(later("a", "mail", NOON))));
    }

    private static Read list() {
        return new Read.ListElements("mail", 10, Gist.CELERY_LISTED);
    }

    private static Reply texts(String text) {
        return new Reply.Texts(List.of(Optional.of(text)));
    }

    private static Instant time(String clock) {
        return Instant.parse("2026-11-21T" + clock + "Z");
    }

    private static double at(String clock) {
        return time(clock).getEpochSecond();
    }
}
