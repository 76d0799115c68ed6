package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Agreement.figures;
import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.query;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.framework.Rq;
import dev.workerpool.framework.Work;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RqApp;
import dev.workerpool.testing.jobs.RunningWorker;
import dev.workerpool.testing.jobs.WorkerPod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The figures against what the real RQ does, and what its own library says of each queue. */
class RqMeasuredIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final RqApp APP = new RqApp();

    private final RedisServer redis = RedisServer.plain();
    private final Heard heard = new Heard();
    private final Session session = measuring(BROKER, Dialling.plainly(redis), heard, query(new Rq(), "mail", "other"));
    private final Producer producer = APP.producer(redis);
    private final Agreement agreement = new Agreement(heard, producer);

    @AfterEach
    void end() {
        producer.close();
        session.close();
        redis.close();
    }

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    @Test
    void jobsAreWaitingThenRunningThenDone() {
        producer.send(Jobs.jobs(5).lasting(Duration.ofSeconds(3)).inQueue("mail"));
        agreement.on(5, 0, 0);

        try (RunningWorker worker = worker("mail-0", "mail");
                RunningWorker another = worker("mail-1", "other", "mail")) {
            agreement.on(3, 0, 2);
            heard.measured(MAIL, figures(0, 0, 0).and(measured -> redis.count("done") == 5));
            agreement.on(0, 0, 0);
            assertTrue(worker.isAlive() && another.isAlive());
        }
    }

    @Test
    void aJobThatGoesToTheFrontIsTheOneThatIsTakenNext() {
        producer.send(Jobs.jobs(2).inQueue("mail"));
        agreement.on(2, 0, 0);
        producer.send(Jobs.jobs(1).inQueue("mail").withPriority(1));
        agreement.on(3, 0, 0);
    }

    @Test
    void aScheduledAndARetriedJobAreDueUntilAWorkerWithASchedulerMovesThem() {
        producer.send(Jobs.jobs(3).inQueue("mail").after(Duration.ofSeconds(4)));
        agreement.on(0, 0, 0);
        agreement.on(0, 3, 0);

        producer.send(Jobs.jobs(1).inQueue("mail").doneAtTheSecondTry());
        try (RunningWorker unhelpful = worker("mail-0", "mail")) {
            agreement.on(0, 4, 0);
            try (RunningWorker worker = worker("mail-1", "--with-scheduler", "mail")) {
                heard.measured(MAIL, figures(0, 0, 0).and(measured -> redis.count("done") == 4));
                agreement.on(0, 0, 0);
                assertTrue(worker.isAlive() && unhelpful.isAlive());
            }
        }
    }

    @Test
    void aPoolOfWorkersRunsAsManyFinishesWhatRunsWhenToldToEndAndMovesWhatIsDue() {
        producer.send(Jobs.jobs(5).lasting(Duration.ofSeconds(5)).inQueue("mail"));
        agreement.on(5, 0, 0);
        try (RunningWorker pool = poolOfTwo()) {
            agreement.on(3, 0, 2);
            assertTrue(pool.terminate(Duration.ofSeconds(30)), pool::log);
            agreement.on(3, 0, 0);
            assertEquals(2, redis.count("done"), "what ran when it was told to end is done");
        }
        producer.send(Jobs.jobs(2).inQueue("mail").after(Duration.ofSeconds(1)));
        agreement.on(3, 2, 0);
        try (RunningWorker pool = poolOfTwo()) {
            heard.measured(MAIL, figures(0, 0, 0).and(measured -> redis.count("done") == 7));
            assertTrue(pool.isAlive());
        }
    }

    /** As the operator starts it. */
    private RunningWorker poolOfTwo() {
        Work work = new Work(List.of("other", "mail"), 2, Duration.ofMinutes(1), false);
        return APP.startPool(WorkerPod.named("mail-0")
                .withArgs(new Rq().arguments(work, List.of("rq", "worker-pool")))
                .withEnv(APP.environmentFor(redis)));
    }

    @Test
    void whatAKilledWorkerRanRunsOnUntilRqGivesItUpAndIsDueThen() {
        producer.send(Jobs.jobs(2).lasting(Duration.ofSeconds(30)).inQueue("mail"));
        try (RunningWorker worker = worker("mail-0", "mail")) {
            awaitThatItRuns();
            agreement.on(1, 0, 1);
            worker.kill();
        }
        agreement.on(1, 0, 1);

        // The time after which RQ itself would take it for abandoned, without the wait of 90 s.
        String execution = redis.cli("ZRANGE", "rq:wip:mail", "0", "0");
        redis.cli("ZADD", "rq:wip:mail", "1", execution);
        heard.measured(MAIL, figures(1, 1, 0));
        try (RunningWorker worker = worker("mail-1", "mail")) {
            agreement.on(0, 0, 1);
            assertEquals(1, producer.inspect("mail").failed(), "RQ gives up what has no retries left");
            assertTrue(worker.isAlive());
        }
    }

    /** Until then the job is on its way: for some moments in two places, and for ever if its worker is killed just then. */
    private void awaitThatItRuns() {
        await().until(() -> redis.cli("ZCARD", "rq:wip:mail").equals("1")
                && redis.cli("LLEN", "rq:queue:mail:intermediate").equals("0"));
    }

    @Test
    void whileRqIsSuspendedItsJobsNeedNoWorker() {
        producer.send(Jobs.jobs(2).inQueue("mail"));
        agreement.on(2, 0, 0);
        producer.pause("mail");
        agreement.onPaused(2);
        producer.resume("mail");
        agreement.on(2, 0, 0);
    }

    private RunningWorker worker(String pod, String... arguments) {
        return APP.startWorker(WorkerPod.named(pod).withArgs(arguments).withEnv(APP.environmentFor(redis)));
    }
}
