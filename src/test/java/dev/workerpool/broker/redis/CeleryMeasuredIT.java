package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.celery;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.reading;
import static dev.workerpool.broker.redis.Sessions.report;
import static dev.workerpool.broker.redis.Sessions.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RunningWorker;
import dev.workerpool.testing.jobs.WorkerPod;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The figures against what the real Celery does. */
class CeleryMeasuredIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final CeleryApp APP = new CeleryApp();

    private final RedisServer redis = RedisServer.plain();
    private final Heard heard = new Heard();
    private final Session session = measuring(BROKER, Dialling.plainly(redis), heard, celery("mail", "other"));

    @AfterEach
    void end() {
        session.close();
        redis.close();
    }

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    @Test
    void twelveTasksAcknowledgedEarlyAreWaitingOrHeldOrRunningAndThenDone() {
        send(Jobs.jobs(12).lasting(Duration.ofSeconds(4)).inQueue("mail"));
        Measured before = heard.measured(MAIL, waiting("mail", 12));
        assertEquals(Figure.of(0), reading(before, "mail").held());
        assertEquals(Figure.of(0), reading(before, "other").waiting());
        assertEquals(Optional.empty(), report(before, "mail-0"));

        try (RunningWorker worker = worker("mail-0", 2)) {
            // Two run, twice as many for each process are held, the rest is listed: 12 = 2 + 8 + 2.
            Measured during = heard.measured(MAIL, figures(2, 8).and(measured -> running(measured, "mail-0") == 2));
            assertTrue(during.heldMayRun());

            Measured after = heard.measured(
                    MAIL, figures(0, 0).and(measured -> running(measured, "mail-0") == 0 && redis.count("done") == 12));
            assertEquals(Optional.empty(), reading(after, "mail").tail());
            assertTrue(worker.isAlive());
        }
    }

    @Test
    void tasksAcknowledgedLateAreHeldWhileTheyRun() {
        send(Jobs.jobs(12).lasting(Duration.ofSeconds(4)).inQueue("mail").acknowledgedWhenDone());
        heard.measured(MAIL, waiting("mail", 12));
        try (RunningWorker worker = worker("mail-0", 2)) {
            heard.measured(MAIL, figures(4, 8).and(measured -> running(measured, "mail-0") == 2));
            assertTrue(worker.isAlive());
        }
    }

    @Test
    void whatAKilledWorkerHeldStaysHeldAndItIsHeardNoMore() {
        send(Jobs.jobs(12).lasting(Duration.ofMinutes(5)).inQueue("mail"));
        try (RunningWorker worker = worker("mail-0", 2)) {
            heard.measured(MAIL, figures(2, 8).and(measured -> running(measured, "mail-0") == 2));
            worker.kill();
        }
        heard.rounds(MAIL, 5);
        WorkerReport last =
                report(heard.measured(MAIL, figures(2, 8)), "mail-0").orElseThrow();
        heard.rounds(MAIL, 25);

        assertEquals(
                Optional.of(last),
                report(heard.measured(MAIL, figures(2, 8)), "mail-0"),
                "no new stamp, no new report");
    }

    @Test
    void allPrioritiesWaitAndTheLowestIsTheTail() {
        send(Jobs.jobs(2).inQueue("mail"));
        String first = tail(heard.measured(MAIL, waiting("mail", 2)));
        send(Jobs.jobs(1).inQueue("mail"));
        assertEquals(first, tail(heard.measured(MAIL, waiting("mail", 3))), "the oldest is the same");

        send(Jobs.jobs(1).inQueue("mail").withPriority(3));
        send(Jobs.jobs(1).inQueue("mail").withPriority(9));
        assertNotEquals(first, tail(heard.measured(MAIL, waiting("mail", 5))));
    }

    @Test
    void workersAreHeardAgainAfterTheirReportsWereCutOff() {
        try (RunningWorker worker = worker("mail-0", 1)) {
            heard.measured(MAIL, measured -> running(measured, "mail-0") == 0);
            redis.cli("CLIENT", "KILL", "TYPE", "pubsub");
            WorkerReport last =
                    heard.measured(MAIL, measured -> report(measured, "mail-0").isPresent())
                                            .workers()
                                    instanceof dev.workerpool.scaling.Workers.Reported reported
                            ? reported.reports().getFirst()
                            : null;

            heard.measured(
                    MAIL,
                    measured -> report(measured, "mail-0")
                            .filter(report -> !report.equals(last))
                            .isPresent());
            assertTrue(worker.isAlive());
        }
    }

    private void send(Jobs jobs) {
        try (Producer producer = APP.producer(redis)) {
            producer.send(jobs);
        }
    }

    private RunningWorker worker(String pod, int concurrency) {
        return APP.startWorker(WorkerPod.named(pod)
                .withArgs("-Q", "mail", "-c", Integer.toString(concurrency))
                .withEnv(APP.environmentFor(redis)));
    }

    private static String tail(Measured measured) {
        return reading(measured, "mail").tail().orElseThrow().id();
    }

    private static int running(Measured measured, String pod) {
        return report(measured, pod).map(WorkerReport::running).orElse(-1);
    }

    private static Predicate<Measured> figures(long waiting, long held) {
        return waiting("mail", waiting)
                .and(measured -> reading(measured, "mail").held().equals(Figure.of(held)));
    }
}
