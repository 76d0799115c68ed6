package dev.workerpool.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.framework.Launch.Variable.Literal;
import dev.workerpool.framework.Launch.Variable.OfBroker;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.QueueReading.Tail;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys are those of Resque's source, not of one that was run. */
class ResqueTest {
    private static final Resque RESQUE = new Resque("resque");
    private static final String JOB = "{\"class\":\"Nap\",\"args\":[%d]}";

    @Test
    void waitingIsTheLengthOfTheListAndItsHeadTheOldest() {
        Round round = Round.of(RESQUE, "mail", "low").list("resque:queue:mail", JOB.formatted(1), JOB.formatted(2));

        assertEquals(Figure.of(2), round.queue("mail").waiting());
        assertEquals(Figure.of(0), round.queue("low").waiting());
        assertEquals(
                Optional.of(new Tail(Digest.of(JOB.formatted(1)), Optional.empty())),
                round.queue("mail").tail());
    }

    @Test
    void delayedJobsAreNoWorkersAffair() {
        Round round = Round.of(RESQUE, "mail").scores("resque:delayed_queue_schedule", 1.0, 2.0);

        assertEquals(Figure.of(0), round.queue("mail").due());
    }

    @Test
    void whatFailedIsBesideTheWork() {
        assertEquals(
                Figure.of(2),
                Round.of(RESQUE, "mail")
                        .count("resque:failed", 2)
                        .measured()
                        .beside()
                        .failed());
    }

    @Test
    void aWorkerWithAKeyWorksAndOneWithoutIsIdle() {
        Round round = Round.of(RESQUE, "mail")
                .members("resque:workers", "mail-0:7:mail", "mail-1:9:mail,low")
                .count("resque:worker:mail-0:7:mail", 1)
                .hash(
                        "resque:workers:heartbeat",
                        Map.of(
                                "mail-0:7:mail", "2026-11-21T12:59:30+02:00",
                                "mail-1:9:mail,low", "2026-11-21T10:59:00Z"));

        assertEquals(
                new Workers.Reported(
                        List.of(
                                new WorkerReport(
                                        "mail-0",
                                        Instant.parse("2026-11-21T10:59:30Z"),
                                        1,
                                        Optional.of(Set.of("mail"))),
                                new WorkerReport(
                                        "mail-1",
                                        Instant.parse("2026-11-21T10:59:00Z"),
                                        0,
                                        Optional.of(Set.of("mail", "low")))),
                        Duration.ofSeconds(150)),
                round.measured().workers());
    }

    @Test
    void workersOfOneHostAreOneReportAsOldAsTheOldest() {
        Round round = Round.of(RESQUE, "mail")
                .members("resque:workers", "mail-0:7:mail", "mail-0:8:mail")
                .count("resque:worker:mail-0:7:mail", 1)
                .count("resque:worker:mail-0:8:mail", 1)
                .hash(
                        "resque:workers:heartbeat",
                        Map.of("mail-0:7:mail", "2026-11-21T10:59:30Z", "mail-0:8:mail", "2026-11-21T10:59:10Z"));

        assertEquals(
                new Workers.Reported(
                        List.of(new WorkerReport(
                                "mail-0", Instant.parse("2026-11-21T10:59:10Z"), 2, Optional.of(Set.of("mail")))),
                        Duration.ofSeconds(150)),
                round.measured().workers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "just now", "2026-11-21", "1795262331"})
    void aHostWithABeatThatCannotBeReadIsSilentNotIdle(String garbage) {
        Round round = Round.of(RESQUE, "mail")
                .members("resque:workers", "mail-0:7:mail")
                .hash("resque:workers:heartbeat", Map.of("mail-0:7:mail", garbage));

        assertEquals(
                new Workers.Reported(List.of(), Duration.ofSeconds(150)),
                round.measured().workers());
    }

    @Test
    void whatIsRefusedIsUnknown() {
        assertEquals(
                new Workers.Untold("no permission"),
                Round.of(RESQUE, "mail")
                        .refused("resque:workers", "no permission")
                        .measured()
                        .workers());
        assertEquals(
                new Workers.Untold("no permission"),
                Round.of(RESQUE, "mail")
                        .members("resque:workers", "mail-0:7:mail")
                        .refused("resque:workers:heartbeat", "no permission")
                        .measured()
                        .workers());
        assertEquals(
                new Figure.Unknown("it holds a set"),
                Round.of(RESQUE, "mail")
                        .refused("resque:queue:mail", "it holds a set")
                        .queue("mail")
                        .waiting());
    }

    @Test
    void theKeyPrefixIsTheApplications() {
        assertEquals(
                Figure.of(1),
                Round.of(new Resque("shop"), "mail")
                        .list("shop:queue:mail", "{}")
                        .queue("mail")
                        .waiting());
    }

    @Test
    void itsWorkerIsToldItsQueuesAndToFinishWhatRunsByVariables() {
        Work work = new Work(List.of("mail", "low"), 1, Duration.ofMinutes(5), true);
        Launch launch = RESQUE.launch(work);

        assertEquals(List.of("bundle", "exec", "rake", "resque:work"), launch.command());
        assertTrue(RESQUE.starts(launch.command()));
        assertEquals(List.of(), RESQUE.arguments(work, launch.command()));
        assertEquals(
                List.of(
                        new FromConnection("REDIS_URL", "uri"),
                        new Literal("QUEUES", "mail,low"),
                        new Literal("GRACEFUL_TERM", "1"),
                        new OfBroker("SSL_CERT_FILE", "/var/run/workerpool/trust/ca.crt")),
                launch.variables());
        assertFalse(RESQUE.starts(List.of("rake", "db:migrate")));
    }
}
