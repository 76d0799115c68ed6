package dev.workerpool.framework;

import static dev.workerpool.framework.Round.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Beside.Periodic;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.QueueReading.Tail;
import dev.workerpool.scaling.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RqTest {
    private static final Rq RQ = new Rq();
    private static final double SECONDS = NOW.getEpochSecond();

    @Test
    void periodicJobsAreThoseOfProcessesBesideItsWorkers() {
        assertEquals(
                List.of(new Periodic("rq-scheduler", false), new Periodic("rq cron", false)),
                Round.of(RQ, "mail")
                        .count("rq:scheduler:scheduled_jobs", 3)
                        .count("rq:cron_schedulers", 1)
                        .measured()
                        .beside()
                        .periodic());
    }

    @Test
    void waitingIsTheLengthOfTheQueuesList() {
        Round round = Round.of(RQ, "mail", "low").list("rq:queue:mail", "a", "b", "c");

        assertEquals(Figure.of(3), round.queue("mail").waiting());
        assertEquals(Figure.of(0), round.queue("mail").held());
        assertEquals(Figure.of(0), round.queue("low").waiting());
    }

    @Test
    void theHeadIsTheOldestAndItsHashHasItsTime() {
        Round round = Round.of(RQ, "mail")
                .list("rq:queue:mail", "a", "b")
                .hash("rq:job:a", Map.of("enqueued_at", "2026-11-21T10:58:51.520249Z"));

        assertEquals(
                Optional.of(new Tail("a", Optional.of(Instant.parse("2026-11-21T10:58:51.520249Z")))),
                round.queue("mail").tail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "1795262331", "\u0000\uFFFD", "2026-11-21"})
    void aTimeThatCannotBeReadIsNone(String garbage) {
        Round round = Round.of(RQ, "mail").list("rq:queue:mail", "a").hash("rq:job:a", Map.of("enqueued_at", garbage));

        assertEquals(
                Optional.of(new Tail("a", Optional.empty())),
                round.queue("mail").tail());
        assertEquals(
                Optional.of(new Tail("gone", Optional.empty())),
                Round.of(RQ, "mail").list("rq:queue:mail", "gone").queue("mail").tail());
    }

    @Test
    void whatRunsIsTakenOrInProgressInAnyOfTheQueues() {
        Round round = Round.of(RQ, "mail", "low")
                .list("rq:queue:mail:intermediate", "a")
                .scores("rq:wip:mail", SECONDS + 90, SECONDS + 1, Double.POSITIVE_INFINITY)
                .scores("rq:wip:low", SECONDS + 30);

        assertEquals(new Workers.Counted(Figure.of(5)), round.measured().workers());
    }

    @Test
    void whatNoWorkerHasRenewedInTimeIsDueAsOnlyAnotherWorkerGivesItBack() {
        Round round = Round.of(RQ, "mail").scores("rq:wip:mail", SECONDS, SECONDS - 600, SECONDS + 60);

        assertEquals(Figure.of(2), round.queue("mail").due());
        assertEquals(new Workers.Counted(Figure.of(1)), round.measured().workers());
    }

    @Test
    void scheduledJobsAreDueWhenTheirTimeHasCome() {
        Round round = Round.of(RQ, "mail").scores("rq:scheduled:mail", SECONDS - 1, SECONDS, SECONDS + 1);

        assertEquals(Figure.of(2), round.queue("mail").due());
    }

    @Test
    void aJobIsDueSoEarlyThatItsWorkerCanStartButWhatRunsIsGivenUpInItsOwnTime() {
        Round round = Round.of(RQ, "mail")
                .ahead(Duration.ofSeconds(20))
                .scores("rq:scheduled:mail", SECONDS + 20, SECONDS + 21)
                .scores("rq:wip:mail", SECONDS + 10);

        assertEquals(Figure.of(1), round.queue("mail").due());
        assertEquals(new Workers.Counted(Figure.of(1)), round.measured().workers());
    }

    @Test
    void whatWaitsForItsTimeAndWhatFailedIsBesideTheWork() {
        Round round = Round.of(RQ, "mail", "low")
                .count("rq:scheduled:mail", 3)
                .count("rq:failed:mail", 1)
                .count("rq:failed:low", 1);

        assertEquals(new Beside(Figure.of(3), Figure.of(2)), round.measured().beside());
    }

    @Test
    void whileRqIsSuspendedNothingWaitsForAWorker() {
        Round round = Round.of(RQ, "mail")
                .count("rq:suspended", 1)
                .list("rq:queue:mail", "a", "b")
                .scores("rq:scheduled:mail", SECONDS - 1)
                .scores("rq:wip:mail", SECONDS + 90);

        assertEquals(Figure.of(0), round.queue("mail").waiting());
        assertEquals(Figure.of(0), round.queue("mail").due());
        assertEquals(Figure.of(3), round.queue("mail").paused());
        assertEquals(Optional.empty(), round.queue("mail").tail());
        assertEquals(new Workers.Counted(Figure.of(1)), round.measured().workers());
    }

    @Test
    void aRefusedKeyIsUnknownWithTheReason() {
        Round round = Round.of(RQ, "mail")
                .refused("rq:suspended", "no permission")
                .refused("rq:queue:mail", "key rq:queue:mail holds a set")
                .refused("rq:wip:mail", "key rq:wip:mail holds a list")
                .scores("rq:scheduled:mail", SECONDS);

        assertEquals(
                new Figure.Unknown("key rq:queue:mail holds a set"),
                round.queue("mail").waiting());
        assertEquals(
                new Figure.Unknown("key rq:wip:mail holds a list"),
                round.queue("mail").due());
        assertEquals(
                new Workers.Counted(new Figure.Unknown("key rq:wip:mail holds a list")),
                round.measured().workers());
    }
}
