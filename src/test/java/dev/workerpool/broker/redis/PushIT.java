package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.lists;
import static dev.workerpool.broker.redis.Sessions.query;
import static dev.workerpool.broker.redis.Sessions.reading;
import static dev.workerpool.broker.redis.Sessions.waiting;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Measuring;
import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Sidekiq;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.testing.jobs.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A real Redis tells of changes, or does not. */
@SuppressWarnings("try") // sessions are opened for what they tell, and closed
class PushIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final Duration SELDOM = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Heard heard = new Heard().ofChangesAlone();

    @AfterAll
    static void close() {
        BROKER.close();
    }

    private Session open(Dialling dialling, dev.workerpool.broker.Query query) {
        Session session = BROKER.open(dialling.connection(), SELDOM, heard);
        session.measure(Map.of(MAIL, query));
        return session;
    }

    private void awaitPush() {
        await().atMost(PATIENCE)
                .until(() -> heard.measuring()
                        .filter(Measuring.Push.class::isInstance)
                        .isPresent());
    }

    private String awaitPoll() {
        await().atMost(PATIENCE)
                .until(() -> heard.measuring()
                        .filter(Measuring.Poll.class::isInstance)
                        .isPresent());
        return assertInstanceOf(Measuring.Poll.class, heard.measuring().orElseThrow())
                .why();
    }

    @Test
    void each_change_of_a_queue_is_told_though_the_next_reading_is_minutes_away() {
        try (RedisServer redis = RedisServer.plain();
                Session session = open(Dialling.plainly(redis), lists("mail"))) {
            awaitPush();
            heard.measured(MAIL, waiting("mail", 0));
            for (int jobs = 1; jobs <= 20; jobs++) {
                redis.cli("RPUSH", "mail", "job");
                heard.measured(MAIL, waiting("mail", jobs));
            }
            redis.cli("DEL", "mail");
            heard.measured(MAIL, waiting("mail", 0));
        }
    }

    @Test
    void a_queue_that_changes_all_the_time_ends_with_its_true_length() {
        try (RedisServer redis = RedisServer.plain();
                Session session = open(Dialling.plainly(redis), lists("mail"))) {
            awaitPush();
            redis.cli("EVAL", "for i = 1, 5000 do redis.call('RPUSH', 'mail', i) end", "0");
            for (int i = 0; i < 200; i++) {
                redis.cli("LPOP", "mail");
            }
            heard.measured(MAIL, waiting("mail", 4800));
            int rounds = heard.times(MAIL);
            assertTrue(rounds < 150, "200 changes within seconds are told at most ten times a second: " + rounds);
        }
    }

    @Test
    void a_job_that_a_blocked_worker_takes_at_once_is_told_of_though_its_queue_was_never_seen_filled() {
        try (RedisServer redis = RedisServer.plain();
                Session session = open(Dialling.plainly(redis), lists("mail"))) {
            awaitPush();
            heard.measured(MAIL, waiting("mail", 0));
            for (int job = 0; job < 3; job++) {
                Thread worker = Thread.ofPlatform().start(() -> redis.cli("BRPOP", "mail", "0"));
                await().until(() -> redis.cli("INFO", "clients").contains("blocked_clients:1"));
                redis.cli("LPUSH", "mail", "job");
                heard.measured(MAIL, waiting("mail", 0).and(Measured::stirred));
                assertFalse(worker.isInterrupted());
            }
        }
    }

    /** The job is put there before, and nothing is written when its time comes. */
    @Test
    void a_job_that_falls_due_is_told_at_its_time() {
        try (RedisServer redis = RedisServer.plain();
                Session session = open(Dialling.plainly(redis), query(new Sidekiq(), "mail"))) {
            awaitPush();
            Instant due = Instant.now().plusSeconds(4);
            redis.cli(
                    "ZADD",
                    "schedule",
                    Double.toString(due.toEpochMilli() / 1000.0),
                    "{\"queue\":\"mail\",\"jid\":\"a\"}");
            dueAt(MAIL, due);
        }
    }

    /** Two pools look at the same set, one whose workers start slowly and one whose workers start fast. */
    @Test
    void a_job_is_due_as_long_before_its_time_as_a_worker_takes_to_start() {
        PoolKey slow = new PoolKey("shop", "slow");
        try (RedisServer redis = RedisServer.plain();
                Session session = open(Dialling.plainly(redis), query(new Sidekiq(), "mail"))) {
            session.measure(Map.of(
                    MAIL,
                    new Query(new Sidekiq(), List.of("mail"), Duration.ofSeconds(2)),
                    slow,
                    new Query(new Sidekiq(), List.of("mail"), Duration.ofSeconds(5))));
            awaitPush();
            Instant due = Instant.now().plusSeconds(9);
            redis.cli(
                    "ZADD",
                    "schedule",
                    Double.toString(due.toEpochMilli() / 1000.0),
                    "{\"queue\":\"mail\",\"jid\":\"a\"}");
            dueAt(slow, due.minusSeconds(5));
            dueAt(MAIL, due.minusSeconds(2));
        }
    }

    private void dueAt(PoolKey pool, Instant time) {
        var told =
                heard.measured(pool, measured -> reading(measured, "mail").due().equals(Figure.of(1)));
        Duration late = Duration.between(time, told.at());
        assertTrue(!late.isNegative() && late.compareTo(Duration.ofSeconds(2)) < 0, "late by " + late);
    }

    @Test
    void an_idle_broker_is_sent_next_to_nothing() throws InterruptedException {
        try (RedisServer redis = RedisServer.plain();
                Session session = open(Dialling.plainly(redis), query(new Sidekiq(), "mail", "low", "high"))) {
            awaitPush();
            heard.measured(MAIL, waiting("mail", 0));
            Thread.sleep(1000);
            long before = commands(redis);
            Thread.sleep(20_000);
            long sent = commands(redis) - before;
            System.out.println("commands in 20 s to an idle broker: " + sent);
            assertTrue(sent <= 8, "PINGs, and the question itself: " + sent);
        }
    }

    @Test
    void a_login_that_may_not_write_is_believed_after_the_first_change() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.cli("ACL", "SETUSER", "meter", "on", ">pw", "~mail", "+@read", "+@connection");
            Heard often = new Heard();
            try (Session session = BROKER.open(
                    Dialling.plainly(redis).as("meter", "pw").connection(), Duration.ofMillis(200), often)) {
                session.measure(Map.of(MAIL, lists("mail")));
                often.measured(MAIL, waiting("mail", 0));
                await().atMost(PATIENCE)
                        .until(() -> often.measuring()
                                .filter(how -> how.toString().contains("announced no change yet"))
                                .isPresent());
                redis.cli("RPUSH", "mail", "job");
                often.measured(MAIL, waiting("mail", 1));
                await().atMost(PATIENCE)
                        .until(() -> often.measuring()
                                .filter(Measuring.Push.class::isInstance)
                                .isPresent());
            }
        }
    }

    /** The rights that docs/frameworks.md names, and no others. */
    @Test
    void a_login_with_the_least_rights_is_told() {
        try (RedisServer redis = RedisServer.plain()) {
            String[] rights = ("ACL SETUSER meter on >pw ~mail ~workerpool-operator:announced:* "
                            + "+llen +lindex +exists +hello +client|tracking +ping +set")
                    .split(" ");
            redis.cli(rights);
            try (Session session = open(Dialling.plainly(redis).as("meter", "pw"), lists("mail"))) {
                awaitPush();
                redis.cli("RPUSH", "mail", "job");
                heard.measured(MAIL, waiting("mail", 1));
            }
        }
    }

    @Test
    void a_login_without_CLIENT_and_HELLO_is_polled_and_told_why() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.cli(
                    "ACL", "SETUSER", "meter", "on", ">pw", "~*", "+@all", "-client", "-hello", "-info", "-psubscribe");
            try (Session session = open(Dialling.plainly(redis).as("meter", "pw"), lists("mail"))) {
                heard.measured(MAIL, waiting("mail", 0));
                String why = awaitPoll();
                assertTrue(why.startsWith("the broker does not announce changes: NOPERM"), why);
            }
        }
    }

    @Test
    void after_a_restart_of_the_server_it_goes_on_as_before() {
        try (RedisServer redis = RedisServer.plain();
                Session session = open(Dialling.plainly(redis), lists("mail"))) {
            awaitPush();
            redis.cli("RPUSH", "mail", "job");
            heard.measured(MAIL, waiting("mail", 1));
            redis.stop();
            heard.unavailable(MAIL);
            redis.startAgain();
            heard.measured(MAIL, waiting("mail", 1));
            awaitPush();
            redis.cli("RPUSH", "mail", "job");
            heard.measured(MAIL, waiting("mail", 2));
            assertEquals(false, heard.everConcurrently());
        }
    }

    /** At rest nothing is read, and yet a dead connection must not be taken for an idle queue. */
    @Test
    void a_server_that_hangs_while_all_is_at_rest_is_found_out() {
        try (RedisServer redis = RedisServer.plain();
                Session session = open(Dialling.plainly(redis), lists("mail"))) {
            awaitPush();
            heard.measured(MAIL, waiting("mail", 0));
            redis.pause();
            heard.unavailable(MAIL);
            redis.resume();
            heard.measured(MAIL, waiting("mail", 0));
        }
    }

    private static long commands(RedisServer redis) {
        return redis.cli("INFO", "stats")
                .lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
    }
}
