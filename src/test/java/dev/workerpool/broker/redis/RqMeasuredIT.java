package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.query;
import static dev.workerpool.broker.redis.Sessions.reading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.framework.Rq;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.Workers;
import dev.workerpool.testing.jobs.Inspected;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RqApp;
import dev.workerpool.testing.jobs.RunningWorker;
import dev.workerpool.testing.jobs.WorkerPod;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The figures against what the real RQ does, and what its own library says of each queue. */
class RqMeasuredIT {
    private static final RedisBroker BROKER = new RedisBroker(Clock.systemUTC(), RandomGenerator.getDefault());
    private static final RqApp APP = new RqApp();

    private final RedisServer redis = RedisServer.plain();
    private final Heard heard = new Heard();
    private final Session session = measuring(BROKER, Dialling.plainly(redis), heard, query(new Rq(), "mail", "other"));
    private final Producer producer = APP.producer(redis);

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
        Measured before = agreed("mail", 5, 0, 0);
        assertEquals(Figure.of(0), reading(before, "other").waiting());

        try (RunningWorker worker = worker("mail-0", "mail");
                RunningWorker another = worker("mail-1", "other", "mail")) {
            agreed("mail", 3, 0, 2);
            heard.measured(MAIL, figures("mail", 0, 0, 0).and(measured -> redis.count("done") == 5));
            agreed("mail", 0, 0, 0);
            assertTrue(worker.isAlive() && another.isAlive());
        }
    }

    @Test
    void aJobThatGoesToTheFrontIsTheOneThatIsTakenNext() {
        producer.send(Jobs.jobs(2).inQueue("mail"));
        agreed("mail", 2, 0, 0);
        producer.send(Jobs.jobs(1).inQueue("mail").withPriority(1));
        agreed("mail", 3, 0, 0);
    }

    @Test
    void aScheduledAndARetriedJobAreDueUntilAWorkerWithASchedulerMovesThem() {
        producer.send(Jobs.jobs(3).inQueue("mail").after(Duration.ofSeconds(4)));
        agreed("mail", 0, 0, 0);
        agreed("mail", 0, 3, 0);

        producer.send(Jobs.jobs(1).inQueue("mail").doneAtTheSecondTry());
        try (RunningWorker unhelpful = worker("mail-0", "mail")) {
            agreed("mail", 0, 4, 0);
            try (RunningWorker worker = worker("mail-1", "--with-scheduler", "mail")) {
                heard.measured(MAIL, figures("mail", 0, 0, 0).and(measured -> redis.count("done") == 4));
                agreed("mail", 0, 0, 0);
                assertTrue(worker.isAlive() && unhelpful.isAlive());
            }
        }
    }

    @Test
    void whatAKilledWorkerRanRunsOnUntilRqGivesItUpAndIsDueThen() {
        producer.send(Jobs.jobs(2).lasting(Duration.ofSeconds(30)).inQueue("mail"));
        try (RunningWorker worker = worker("mail-0", "mail")) {
            agreed("mail", 1, 0, 1);
            worker.kill();
        }
        agreed("mail", 1, 0, 1);

        // The time after which RQ itself would take it for abandoned, without the wait of 90 s.
        String execution = redis.cli("ZRANGE", "rq:wip:mail", "0", "0");
        redis.cli("ZADD", "rq:wip:mail", "1", execution);
        heard.measured(MAIL, figures("mail", 1, 1, 0));
        try (RunningWorker worker = worker("mail-1", "mail")) {
            agreed("mail", 0, 0, 1);
            assertEquals(1, producer.inspect("mail").failed(), "RQ gives up what has no retries left");
            assertTrue(worker.isAlive());
        }
    }

    @Test
    void whileRqIsSuspendedItsJobsNeedNoWorker() {
        producer.send(Jobs.jobs(2).inQueue("mail"));
        agreed("mail", 2, 0, 0);
        redis.cli("SET", "rq:suspended", "1");
        heard.measured(
                MAIL,
                figures("mail", 0, 0, 0)
                        .and(measured -> reading(measured, "mail").paused().equals(Figure.of(2))));
        redis.cli("DEL", "rq:suspended");
        agreed("mail", 2, 0, 0);
    }

    /** Measured, and then said by RQ too; the oldest in the queue by its second. */
    private Measured agreed(String queue, long waiting, long due, long running) {
        Measured measured = heard.measured(MAIL, figures(queue, waiting, due, running));
        Inspected said = producer.inspect(queue);
        assertEquals(waiting, said.waiting(), "waiting");
        assertEquals(due, said.due(), "due");
        assertEquals(running, said.running(), "running");
        assertEquals(
                said.oldest().map(at -> at.truncatedTo(ChronoUnit.MILLIS)),
                reading(measured, queue)
                        .tail()
                        .flatMap(QueueReading.Tail::enqueued)
                        .map(at -> at.truncatedTo(ChronoUnit.MILLIS)),
                "oldest");
        return measured;
    }

    private RunningWorker worker(String pod, String... arguments) {
        return APP.startWorker(WorkerPod.named(pod).withArgs(arguments).withEnv(APP.environmentFor(redis)));
    }

    private static Predicate<Measured> figures(String queue, long waiting, long due, long running) {
        return measured -> reading(measured, queue).waiting().equals(Figure.of(waiting))
                && reading(measured, queue).due().equals(Figure.of(due))
                && measured.workers().equals(new Workers.Counted(Figure.of(running)));
    }
}
