package dev.workerpool.broker.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.BrokerClient.Measuring;
import dev.workerpool.broker.Heard;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Celery;
import dev.workerpool.framework.Sidekiq;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RabbitOptions;
import dev.workerpool.testing.jobs.RabbitServer;
import dev.workerpool.testing.jobs.RunningWorker;
import dev.workerpool.testing.jobs.WorkerPod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the real Celery over a real RabbitMQ, at each step of a job's way and of a broker's bad day. */
@SuppressWarnings("try") // a session measures while it is open
class CeleryOnRabbitIT {
    private static final PoolKey MAIL = new PoolKey("default", "mail");
    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final RabbitBroker BROKER = ToRabbit.broker();
    private static RabbitServer rabbit;

    @TempDir
    private Path counted;

    private final Heard heard = new Heard();

    @BeforeAll
    static void startServer() {
        rabbit = RabbitServer.start(RabbitOptions.plain());
    }

    @AfterAll
    static void closeAll() {
        BROKER.close();
        rabbit.close();
    }

    @Test
    void jobs_wait_are_taken_run_as_the_worker_says_and_are_done() {
        CeleryApp app = CeleryApp.countingIn(counted);
        try (BrokerClient.Session session = measuring(ToRabbit.plainly(rabbit), celery("mail"));
                Producer producer = app.producer(broker())) {
            heard.measured(MAIL, waiting("mail", 0));
            assertInstanceOf(Measuring.Poll.class, heard.measuring().orElseThrow());
            producer.send(
                    Jobs.jobs(3).lasting(Duration.ofSeconds(6)).inQueue("mail").countedUnder("mail"));
            heard.measured(MAIL, waiting("mail", 3));
            try (RunningWorker worker = worker(app)) {
                heard.measured(MAIL, running(2));
                Measured last = heard.measured(MAIL, running(1));
                assertEquals(Figure.of(0), last.queues().getFirst().waiting(), worker::log);
                heard.measured(MAIL, running(0));

                // What a killed worker had taken and not begun is back at once: nobody else need give it back.
                producer.send(Jobs.jobs(4)
                        .lasting(Duration.ofSeconds(60))
                        .inQueue("mail")
                        .countedUnder("mail"));
                heard.measured(MAIL, running(2));
                worker.kill();
                heard.measured(MAIL, waiting("mail", 2));
            }
        }
        rabbit.ctl("delete_queue", "mail");
    }

    @Test
    void a_user_that_may_not_listen_reads_the_queues_and_leaves_what_runs_unknown() {
        rabbit.addUser("blind", "pw", "^$", "^$", "^$");
        CeleryApp app = CeleryApp.countingIn(counted);
        try (RunningWorker worker = worker(app);
                BrokerClient.Session session =
                        measuring(ToRabbit.plainly(rabbit).as("blind", "pw"), celery("mail"))) {
            Measured read = heard.measured(
                    MAIL,
                    measured -> measured.workers() instanceof Workers.Untold untold
                            && untold.why().contains("lacks permissions"));
            assertEquals(Figure.of(0), read.queues().getFirst().waiting(), worker::log);
            assertTrue(
                    ((Workers.Untold) read.workers()).why().contains("'^(amq\\.gen.*|celeryev)$'"),
                    read.workers()::toString);
        }
        rabbit.ctl("set_permissions", "-p", "/", "blind", "^amq\\.gen.*", "^amq\\.gen.*", "^(amq\\.gen.*|celeryev)$");
        try (RunningWorker worker = worker(app);
                BrokerClient.Session session =
                        measuring(ToRabbit.plainly(rabbit).as("blind", "pw"), celery("mail"))) {
            heard.measured(MAIL, running(0));
            assertTrue(worker.isAlive(), worker::log);
        }
    }

    @Test
    void a_server_that_hangs_is_unavailable_and_is_measured_again_without_a_restart() {
        try (BrokerClient.Session session = measuring(ToRabbit.plainly(rabbit), celery("other"))) {
            heard.measured(MAIL, waiting("other", 0));
            rabbit.pause();
            try {
                String why = heard.unavailable(MAIL).why();
                assertTrue(why.contains("localhost:" + rabbit.port() + " did not answer in time"), why);
            } finally {
                rabbit.resume();
            }
            heard.measured(MAIL, waiting("other", 0));
        }
    }

    /** RabbitMQ reads nothing more from who publishes, and workers publish: their reports stop, and what they run is not known any more. */
    @Test
    void while_memory_is_short_queues_are_read_and_workers_are_silent_until_it_is_over() {
        CeleryApp app = CeleryApp.countingIn(counted);
        try (RunningWorker worker = worker(app);
                BrokerClient.Session session = measuring(ToRabbit.plainly(rabbit), celery("mail"))) {
            heard.measured(MAIL, running(0));
            rabbit.ctl("set_vm_memory_high_watermark", "0.0000001");
            try {
                heard.rounds(MAIL, 30);
                Measured before = heard.measured(MAIL, waiting("mail", 0));
                heard.rounds(MAIL, 30);
                Measured after = heard.measured(MAIL, waiting("mail", 0));
                assertEquals(before.workers(), after.workers(), "no report comes: after 10 s it counts as silent");
            } finally {
                rabbit.ctl("set_vm_memory_high_watermark", "0.4");
            }
            Measured blocked = heard.measured(MAIL, waiting("mail", 0));
            heard.measured(
                    MAIL,
                    measured -> running(0).test(measured) && !measured.workers().equals(blocked.workers()));
            assertTrue(worker.isAlive(), worker::log);
        }
    }

    @Test
    void a_framework_that_uses_no_RabbitMQ_is_unknown_and_not_idle() {
        Query sidekiq = new Query(new Sidekiq(), List.of("mail"), Duration.ZERO);
        try (BrokerClient.Session session = measuring(ToRabbit.plainly(rabbit), sidekiq)) {
            Measured read = heard.measured(MAIL, any -> true);
            assertInstanceOf(Figure.Unknown.class, read.queues().getFirst().waiting());
            assertInstanceOf(Workers.Untold.class, read.workers());
        }
    }

    private BrokerClient.Session measuring(ToRabbit to, Query query) {
        BrokerClient.Session session = BROKER.open(to.connection(), OFTEN, heard);
        session.measure(Map.of(MAIL, query));
        return session;
    }

    private static Map<String, String> broker() {
        return Map.of("CELERY_BROKER_URL", rabbit.url());
    }

    private static RunningWorker worker(CeleryApp app) {
        return app.startWorker(WorkerPod.named("mail-1")
                .withEnv(broker())
                .withArgs("-Q", "mail", "-c", "2", "--without-gossip", "--without-mingle"));
    }

    private static Query celery(String queue) {
        return new Query(new Celery(Optional.of("tasks"), "", Duration.ofHours(1)), List.of(queue), Duration.ZERO);
    }

    private static Predicate<Measured> waiting(String queue, long jobs) {
        return measured -> measured.queues().getFirst().name().equals(queue)
                && measured.queues().getFirst().waiting().equals(Figure.of(jobs));
    }

    private static Predicate<Measured> running(int jobs) {
        return measured -> measured.workers() instanceof Workers.Reported reported
                && reported.reports().stream()
                        .filter(report -> report.host().equals("mail-1"))
                        .map(WorkerReport::running)
                        .anyMatch(count -> count == jobs);
    }
}
