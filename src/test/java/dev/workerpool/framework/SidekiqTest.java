package dev.workerpool.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Beside.Periodic;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.QueueReading.Tail;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidekiqTest {
    private static final Sidekiq SIDEKIQ = new Sidekiq();

    @Test
    void waitingIsTheLengthOfTheQueuesList() {
        Round round = Round.of(SIDEKIQ, "default").count("queue:default", 7).count("default", 100);

        assertEquals(Figure.of(7), round.queue("default").waiting());
        assertEquals(Figure.of(0), round.queue("default").held());
    }

    @Test
    void theTailsTimeIsInSecondsUpToSidekiq7() {
        Round round = Round.of(SIDEKIQ, "default")
                .list("queue:default", job("b", "1795262399.1"), job("a", "1795262331.5202491"));

        assertEquals(
                Optional.of(new Tail("a", Optional.of(Instant.parse("2026-11-21T11:58:51.520249Z")))),
                round.queue("default").tail());
    }

    @Test
    void theTailsTimeIsInMillisecondsInSidekiq8() {
        Round round = Round.of(SIDEKIQ, "default").list("queue:default", job("a", "1795262331520"));

        assertEquals(
                Optional.of(new Tail("a", Optional.of(Instant.parse("2026-11-21T11:58:51.520Z")))),
                round.queue("default").tail());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[1]",
                "{\"jid\": 7}",
                "\u0000\uFFFD",
                "{\"enqueued_at\": \"now\"}",
                "{\"enqueued_at\": -1e300}"
            })
    void aTailThatCannotBeReadIsStillToldFromOthers(String garbage) {
        Round round = Round.of(SIDEKIQ, "default").list("queue:default", garbage);

        assertEquals(
                Optional.of(new Tail(Digest.of(garbage), Optional.empty())),
                round.queue("default").tail());
    }

    @Test
    void dueJobsOfScheduleAndRetryBelongToTheQueueThatTheyName() {
        Round round = Round.of(SIDEKIQ, "default", "low")
                .members("schedule", due("default"), due("low"), due("other"))
                .members("retry", due("default"));

        assertEquals(Figure.of(2), round.queue("default").due());
        assertEquals(Figure.of(1), round.queue("low").due());
    }

    @Test
    void onlyJobsAreAskedForWhoseTimeComesBeforeAWorkerCouldStart() {
        Instant by = Instant.parse("2026-11-21T11:00:00.250Z");
        List<Read> reads = SIDEKIQ.reads(List.of("default"), new Moment(by.minusSeconds(20), Duration.ofSeconds(20)));

        assertTrue(reads.contains(new Read.SortedSetUpTo("schedule", 1795258800.25, 1000, by)));
        assertTrue(reads.contains(new Read.SortedSetUpTo("retry", 1795258800.25, 1000, by)));
    }

    @Test
    void pastTheLimitAQueueHasAtLeastWhatWasReadAndIsElseUnknown() {
        List<String> many = Stream.concat(
                        Collections.nCopies(999, due("default")).stream(), Stream.of(due("low"), due("mail")))
                .toList();
        Round round = Round.of(SIDEKIQ, "default", "low", "mail").members("schedule", many);

        assertEquals(Figure.of(999), round.queue("default").due());
        assertEquals(Figure.of(1), round.queue("low").due());
        assertInstanceOf(Figure.Unknown.class, round.queue("mail").due());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{}", "{\"queue\": null}", "[\"queue\"]", "\u0000\uFFFD"})
    void aDueJobWithoutAQueueMakesDueUnknown(String garbage) {
        Round round = Round.of(SIDEKIQ, "default").members("retry", due("default"), garbage);

        assertEquals(
                new Figure.Unknown("a job in retry does not say which queue it belongs to"),
                round.queue("default").due());
    }

    @Test
    void aRefusedKeyIsUnknownWithTheReason() {
        Round round = Round.of(SIDEKIQ, "default")
                .refused("schedule", "key schedule holds a string")
                .refused("queue:default", "key queue:default holds a set");

        assertEquals(
                new Figure.Unknown("key schedule holds a string"),
                round.queue("default").due());
        assertEquals(
                new Figure.Unknown("key queue:default holds a set"),
                round.queue("default").waiting());
        assertEquals(Optional.empty(), round.queue("default").tail());
    }

    @Test
    void whatWaitsForItsTimeAndWhatIsDeadIsBesideTheWork() {
        Round round = Round.of(SIDEKIQ, "default")
                .count("schedule", 3)
                .count("retry", 1)
                .count("dead", 7);

        assertEquals(new Beside(Figure.of(4), Figure.of(7)), round.measured().beside());
    }

    @Test
    void aPausedQueueNeedsNoWorkerAndItsNeighbourStillDoes() {
        Round round = Round.of(SIDEKIQ, "default", "low")
                .members("paused", "low", "other")
                .list("queue:default", job("a", "1795262331"))
                .list("queue:low", job("b", "1795262331"), job("c", "1795262331"))
                .members("retry", due("low"));

        assertEquals(Figure.of(1), round.queue("default").waiting());
        assertEquals(Figure.of(0), round.queue("default").paused());
        assertEquals(Figure.of(0), round.queue("low").waiting());
        assertEquals(Figure.of(0), round.queue("low").due());
        assertEquals(Figure.of(3), round.queue("low").paused());
    }

    /** The set as sidekiq-cron 1.8.0 writes it, and 2 with its namespace; the hash as sidekiq-scheduler's source has it. */
    @Test
    void periodicJobsAreThoseOfThreadsInItsWorkers() {
        assertEquals(List.of(), periodic(Round.of(SIDEKIQ, "default")));
        assertEquals(
                List.of(new Periodic("sidekiq-cron", true)),
                periodic(Round.of(SIDEKIQ, "default").count("cron_jobs", 1)));
        assertEquals(
                List.of(new Periodic("sidekiq-cron", true), new Periodic("sidekiq-scheduler", true)),
                periodic(Round.of(SIDEKIQ, "default")
                        .count("cron_jobs:default", 1)
                        .count("sidekiq-scheduler:next_times", 2)));
        assertEquals(List.of(), periodic(Round.of(SIDEKIQ, "default").refused("cron_jobs", "no permission")));
    }

    private static List<Periodic> periodic(Round round) {
        return round.measured().beside().periodic();
    }

    private static String job(String jid, String enqueuedAt) {
        return """
            {"retry":true,"queue":"default","args":[25],"class":"Nap","jid":"%s","created_at":1795262331.519982,\
            "enqueued_at":%s}""".formatted(jid, enqueuedAt);
    }

    private static String due(String queue) {
        return """
            {"retry":true,"queue":"%s","class":"Nap","args":[1],"jid":"a4ff3733f8a16330278eca88",\
            "created_at":1795262331.5219703}""".formatted(queue);
    }
}
