package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.query;
import static dev.workerpool.broker.redis.Sessions.reading;
import static dev.workerpool.broker.redis.Sessions.report;
import static dev.workerpool.broker.redis.Sessions.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.framework.Sidekiq;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RunningWorker;
import dev.workerpool.testing.jobs.Sent;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.jobs.WorkerPod;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The figures against what the real Sidekiq does. */
class SidekiqMeasuredIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final SidekiqApp APP = new SidekiqApp();

    private final RedisServer redis = RedisServer.plain();
    private final Heard heard = new Heard();
    private final Session session =
            measuring(BROKER, Dialling.plainly(redis), heard, query(new Sidekiq(), "mail", "other"));

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
    void jobsAreWaitingThenRunningThenDone() {
        Sent sent = send(Jobs.jobs(12).lasting(Duration.ofSeconds(8)).inQueue("mail"));
        Measured before = heard.measured(MAIL, waiting("mail", 12));
        Instant enqueued =
                reading(before, "mail").tail().orElseThrow().enqueued().orElseThrow();
        assertFalse(enqueued.isBefore(sent.began().minusMillis(1)), enqueued::toString);
        assertFalse(enqueued.isAfter(sent.ended()), enqueued::toString);
        assertEquals(Figure.of(0), reading(before, "other").waiting());

        try (RunningWorker worker = worker("mail-0", 4)) {
            Measured during =
                    heard.measured(MAIL, waiting("mail", 8).and(measured -> running(measured, "mail-0") == 4));
            assertEquals(Figure.of(0), reading(during, "mail").held());

            heard.measured(
                    MAIL,
                    waiting("mail", 0).and(measured -> running(measured, "mail-0") == 0 && redis.count("done") == 12));
            assertTrue(worker.isAlive());
        }
    }

    @Test
    void aJobWhoseTimeHasComeIsDueUntilAWorkerMovesIt() {
        send(Jobs.jobs(3).inQueue("mail").after(Duration.ofSeconds(8)));
        heard.rounds(MAIL, 1);
        heard.measured(MAIL, due(0).and(waiting("mail", 0)));
        Measured due = heard.measured(MAIL, due(3).and(waiting("mail", 0)));
        assertEquals(Figure.of(0), reading(due, "other").due());

        try (RunningWorker worker = worker("mail-0", 2)) {
            heard.measured(MAIL, due(0).and(measured -> redis.count("done") == 3));
            assertTrue(worker.isAlive());
        }
    }

    @Test
    void aWorkerThatEndedIsGoneAndAKilledOneIsHeardNoMore() {
        try (RunningWorker ended = worker("mail-0", 2);
                RunningWorker killed = worker("mail-1", 2)) {
            heard.measured(MAIL, measured -> running(measured, "mail-0") == 0 && running(measured, "mail-1") == 0);
            assertTrue(ended.terminate(Duration.ofSeconds(40)), ended::log);
            killed.kill();
        }
        heard.rounds(MAIL, 3); // those before may have heard mail-1 once less
        WorkerReport last = report(heard.measured(MAIL, measured -> running(measured, "mail-0") < 0), "mail-1")
                .orElseThrow();
        heard.rounds(MAIL, 40);

        heard.measured(
                MAIL,
                measured -> report(measured, "mail-1").stream().allMatch(last::equals)
                        && report(measured, "mail-0").isEmpty());
    }

    private Sent send(Jobs jobs) {
        try (Producer producer = APP.producer(redis)) {
            return producer.send(jobs);
        }
    }

    private RunningWorker worker(String pod, int concurrency) {
        return APP.startWorker(WorkerPod.named(pod)
                .withArgs("-q", "mail", "-c", Integer.toString(concurrency))
                .withEnv(APP.environmentFor(redis)));
    }

    private static int running(Measured measured, String pod) {
        return report(measured, pod).map(WorkerReport::running).orElse(-1);
    }

    private static Predicate<Measured> due(long jobs) {
        return measured -> reading(measured, "mail").due().equals(Figure.of(jobs));
    }
}
