package dev.workerpool.framework;

import static dev.workerpool.framework.Round.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.framework.Launch.Variable.Literal;
import dev.workerpool.framework.Launch.Variable.OfBroker;
import dev.workerpool.scaling.Beside;
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

class BullMqTest {
    private static final BullMq BULLMQ = new BullMq("bull", "REDIS_URL");
    private static final double MILLIS = NOW.toEpochMilli();

    @Test
    void waitingIsInTheListAndAmongThePrioritised() {
        Round round =
                Round.of(BULLMQ, "mail", "low").list("bull:mail:wait", "3", "2").count("bull:mail:prioritized", 4);

        assertEquals(Figure.of(6), round.queue("mail").waiting());
        assertEquals(Figure.of(0), round.queue("mail").held());
        assertEquals(Figure.of(0), round.queue("low").waiting());
    }

    @Test
    void bullsPrioritisedJobsStandInTheListAlready() {
        Round round = Round.of(BULLMQ, "mail").list("bull:mail:wait", "3", "2").scores("bull:mail:priority", 1.0, 2.0);

        assertEquals(Figure.of(2), round.queue("mail").waiting());
    }

    @Test
    void theOldestIsTheListsTailOrTheNextOfThePrioritised() {
        Round round = Round.of(BULLMQ, "mail")
                .list("bull:mail:wait", "4", "2")
                .hash("bull:mail:2", Map.of("timestamp", "1795258790000"))
                .members("bull:mail:prioritized", "1", "3")
                .hash("bull:mail:1", Map.of("timestamp", "1795258780123"));

        assertEquals(
                Optional.of(new Tail("1", Optional.of(Instant.parse("2026-11-21T10:59:40.123Z")))),
                round.queue("mail").tail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1e300", "1795258780123456789"})
    void aTimeThatCannotBeReadIsNone(String garbage) {
        Round round =
                Round.of(BULLMQ, "mail").list("bull:mail:wait", "2").hash("bull:mail:2", Map.of("timestamp", garbage));

        assertEquals(
                Optional.of(new Tail("2", Optional.empty())),
                round.queue("mail").tail());
    }

    @Test
    void delayedJobsAreDueToTheMillisecondWhateverTheirCounterSays() {
        Round round = Round.of(BULLMQ, "mail")
                .scores(
                        "bull:mail:delayed",
                        (MILLIS - 5) * 4096,
                        MILLIS * 4096 + 4095,
                        (MILLIS + 1) * 4096,
                        (MILLIS + 9) * 4096 + 7);

        assertEquals(Figure.of(2), round.queue("mail").due());
    }

    @Test
    void aDelayedJobIsDueSoEarlyThatItsWorkerCanStart() {
        Round round = Round.of(BULLMQ, "mail")
                .ahead(Duration.ofSeconds(5))
                .scores("bull:mail:delayed", (MILLIS + 5000) * 4096 + 1, (MILLIS + 5001) * 4096);

        assertEquals(Figure.of(1), round.queue("mail").due());
    }

    @Test
    void whatIsActiveInAnyOfTheQueuesRuns() {
        Round round =
                Round.of(BULLMQ, "mail", "low").list("bull:mail:active", "1").list("bull:low:active", "1", "2");

        assertEquals(new Workers.Counted(Figure.of(3)), round.measured().workers());
    }

    @Test
    void whatWaitsForItsTimeAndWhatFailedIsBesideTheWork() {
        Round round = Round.of(BULLMQ, "mail").count("bull:mail:delayed", 3).count("bull:mail:failed", 2);

        assertEquals(new Beside(Figure.of(3), Figure.of(2)), round.measured().beside());
    }

    @Test
    void aMarkInMetaPausesEverythingThatDoesNotRun() {
        Round round = Round.of(BULLMQ, "mail")
                .hash("bull:mail:meta", Map.of("paused", "1"))
                .list("bull:mail:wait", "2")
                .count("bull:mail:prioritized", 1)
                .scores("bull:mail:delayed", 1.0)
                .list("bull:mail:active", "9");

        assertEquals(Figure.of(0), round.queue("mail").waiting());
        assertEquals(Figure.of(0), round.queue("mail").due());
        assertEquals(Figure.of(3), round.queue("mail").paused());
        assertEquals(Optional.empty(), round.queue("mail").tail());
        assertEquals(new Workers.Counted(Figure.of(1)), round.measured().workers());
    }

    @Test
    void aListOfPausedJobsIsPausedWithoutAMarkToo() {
        Round round = Round.of(BULLMQ, "mail").list("bull:mail:paused", "1", "2");

        assertEquals(Figure.of(2), round.queue("mail").paused());
        assertEquals(Figure.of(0), round.queue("mail").waiting());
    }

    @Test
    void aMarkThatCannotBeReadPausesNothing() {
        Round round = Round.of(BULLMQ, "mail")
                .refused("bull:mail:meta", "no permission")
                .list("bull:mail:wait", "2");

        assertEquals(Figure.of(1), round.queue("mail").waiting());
    }

    @Test
    void theKeyPrefixIsTheApplications() {
        Round round = Round.of(new BullMq("{jobs}", "REDIS_URL"), "mail").list("{jobs}:mail:wait", "1");

        assertEquals(Figure.of(1), round.queue("mail").waiting());
    }

    @Test
    void aRefusedKeyIsUnknownWithTheReason() {
        Round round = Round.of(BULLMQ, "mail")
                .refused("bull:mail:prioritized", "key bull:mail:prioritized holds a list")
                .refused("bull:mail:delayed", "key bull:mail:delayed holds a set")
                .refused("bull:mail:active", "no permission")
                .list("bull:mail:wait", "2");

        assertEquals(
                new Figure.Unknown("key bull:mail:prioritized holds a list"),
                round.queue("mail").waiting());
        assertEquals(
                new Figure.Unknown("key bull:mail:delayed holds a set"),
                round.queue("mail").due());
        assertEquals(
                new Workers.Counted(new Figure.Unknown("no permission")),
                round.measured().workers());
    }

    @Test
    void itsWorkerIsToldByVariablesAloneAndItsUrlByTheOneItReads() {
        Launch launch =
                new BullMq("bull", "JOBS_URL").launch(new Work(List.of("mail", "low"), 5, Duration.ofMinutes(5), true));

        assertEquals(List.of(), launch.command());
        assertEquals(List.of(), launch.flags());
        assertEquals(
                List.of(
                        new FromConnection("JOBS_URL", "uri"),
                        new OfBroker("NODE_EXTRA_CA_CERTS", "/var/run/workerpool/trust/ca.crt"),
                        new Literal("WORKERPOOL_CONCURRENCY", "5"),
                        new Literal("WORKERPOOL_QUEUES", "mail,low"),
                        new Literal("WORKERPOOL_DRAIN_TIMEOUT", "295")),
                launch.variables());
        assertFalse(BULLMQ.starts(List.of("node", "worker.js")));
    }
}
