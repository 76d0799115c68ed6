package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Agreement.figures;
import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.query;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.framework.BullMq;
import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RunningWorker;
import dev.workerpool.testing.jobs.WorkerPod;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The figures against what the real BullMQ and the real Bull do, and what their own libraries say of each queue. */
abstract class BullMeasured {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisBroker broker = Loopback.broker();
    private final BullMqApp app;
    private final RedisServer redis = RedisServer.plain();
    private final Heard heard = new Heard();
    private final Session session =
            measuring(broker, Dialling.plainly(redis), heard, query(new BullMq("bull", "REDIS_URL"), "mail", "other"));
    private final Producer producer;
    private final Agreement agreement;

    BullMeasured(BullMqApp app) {
        this.app = app;
        this.producer = app.producer(redis);
        this.agreement = new Agreement(heard, producer);
    }

    @AfterEach
    void end() {
        producer.close();
        session.close();
        broker.close();
        redis.close();
    }

    @Test
    void jobsAreWaitingThenRunningThenDone() {
        producer.send(Jobs.jobs(5).lasting(Duration.ofSeconds(3)).inQueue("mail"));
        agreement.on(5, 0, 0);
        try (RunningWorker worker = worker(2)) {
            agreement.on(3, 0, 2);
            allDone(5);
            assertTrue(worker.terminate(PATIENCE), worker::log);
        }
    }

    @Test
    void prioritisedJobsAreCountedOnce() {
        producer.send(Jobs.jobs(2).inQueue("mail").withPriority(3));
        agreement.on(2, 0, 0);
        producer.send(Jobs.jobs(2).inQueue("mail"));
        producer.send(Jobs.jobs(1).inQueue("mail").withPriority(1));
        agreement.on(5, 0, 0);
        try (RunningWorker worker = worker(1)) {
            allDone(5);
            assertTrue(worker.isAlive());
        }
    }

    @Test
    void delayedAndRetriedJobsAreDueUntilAWorkerMovesThem() {
        producer.send(Jobs.jobs(3).inQueue("mail").after(Duration.ofSeconds(4)));
        agreement.on(0, 0, 0);
        agreement.on(0, 3, 0);
        try (RunningWorker worker = worker(1)) {
            allDone(3);
            producer.send(Jobs.jobs(1).inQueue("mail").doneAtTheSecondTry());
            heard.measured(
                    MAIL,
                    figures(0, 0, 0)
                            .and(any -> !redis.cli("ZRANGE", "bull:mail:delayed", "0", "0")
                                    .isEmpty()));
            worker.kill();
        }
        agreement.on(0, 1, 0);
        try (RunningWorker worker = worker(1)) {
            allDone(4);
            assertTrue(worker.isAlive());
        }
    }

    @Test
    void whatAKilledWorkerRanRunsOnUntilAnotherFindsItStalled() {
        producer.send(Jobs.jobs(2).lasting(Duration.ofSeconds(5)).inQueue("mail"));
        try (RunningWorker worker = worker(1)) {
            agreement.on(1, 0, 1);
            worker.kill();
        }
        heard.rounds(MAIL, 30); // longer than its lock
        agreement.on(1, 0, 1);
        try (RunningWorker worker = worker(1)) {
            allDone(2);
            assertTrue(worker.isAlive());
        }
    }

    @Test
    void pausedJobsNeedNoWorker() {
        producer.send(Jobs.jobs(2).inQueue("mail"));
        producer.send(Jobs.jobs(1).inQueue("mail").withPriority(1));
        producer.send(Jobs.jobs(1).inQueue("mail").after(Duration.ofMillis(100)));
        agreement.on(3, 1, 0);
        producer.pause("mail");
        agreement.onPaused(4);
        producer.send(Jobs.jobs(1).inQueue("mail"));
        agreement.onPaused(5);
        producer.resume("mail");
        agreement.on(4, 1, 0);
    }

    private void allDone(int jobs) {
        heard.measured(MAIL, figures(0, 0, 0).and(measured -> redis.count("done") == jobs));
        agreement.on(0, 0, 0);
    }

    private RunningWorker worker(int concurrency) {
        return app.startWorker(WorkerPod.named("mail-0")
                .withArgs("mail")
                .withEnv(app.environmentFor(redis))
                .withEnv("WORKERPOOL_CONCURRENCY", Integer.toString(concurrency)));
    }
}
