package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.celery;
import static dev.workerpool.broker.redis.Sessions.lists;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.waiting;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Measuring;
import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SentinelServers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real servers fail over by real sentinels: what is measured is the master's, and in between nothing is. */
@SuppressWarnings("try") // sessions are opened for what they tell, and closed
class SentinelIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SentinelServers servers = SentinelServers.plain();
    private final Dialling dialling = Dialling.bySentinels(servers);
    private final Heard heard = new Heard();

    @AfterAll
    static void close() {
        BROKER.close();
    }

    @AfterEach
    void end() {
        servers.close();
    }

    @Test
    void a_master_that_is_killed_is_followed_and_never_read_as_zero() {
        three(servers.first());
        try (Session session = measuring(BROKER, dialling, heard, lists("mail"))) {
            heard.measured(MAIL, waiting("mail", 3));
            awaitPush();

            servers.first().kill();
            heard.unavailable(MAIL);
            heard.measured(MAIL, waiting("mail", 3));
            servers.awaitMaster(servers.second());
            servers.second().cli("RPUSH", "mail", "d");
            heard.measured(MAIL, waiting("mail", 4));
            awaitPush();
            neverZero();
        }
    }

    @Test
    void a_master_that_hangs_is_left_and_comes_back_as_a_replica() {
        three(servers.first());
        try (Session session = measuring(BROKER, dialling, heard, celery("mail"))) {
            heard.measured(MAIL, waiting("mail", 3));
            await().atMost(PATIENCE).until(() -> operators(servers.first()) == 2);

            servers.first().pause();
            String why = heard.unavailable(MAIL).why();
            assertTrue(why.contains("not answer"), why);
            heard.measured(MAIL, waiting("mail", 3));
            servers.first().resume();
            await().atMost(PATIENCE)
                    .until(() -> servers.first().cli("INFO", "replication").contains("role:slave"));
            servers.second().cli("LPUSH", "mail", "d");
            heard.measured(MAIL, waiting("mail", 4));
            assertEquals(2, operators(servers.second()));
            assertEquals(0, operators(servers.first()));
            neverZero();
        }
    }

    /** Sentinel ends the connections of a master that it demotes; whoever else demotes one need not. */
    @Test
    void a_master_that_is_demoted_while_the_connection_stands_is_not_read_any_more() {
        three(servers.first());
        try (Session session = measuring(BROKER, dialling, heard, lists("mail"))) {
            heard.measured(MAIL, waiting("mail", 3));
            servers.sentinels().forEach(sentinel -> sentinel.pause());

            servers.first()
                    .cli(
                            "REPLICAOF",
                            "localhost",
                            Integer.toString(servers.second().port()));
            assertEquals(
                    "localhost:%d is not the master, or no longer"
                            .formatted(servers.first().port()),
                    heard.unavailable(MAIL).why());

            servers.sentinels().forEach(sentinel -> sentinel.resume());
            heard.measured(MAIL, waiting("mail", 3));
            neverZero();
        }
    }

    @Test
    void one_sentinel_that_answers_is_enough_and_none_is_told() {
        three(servers.first());
        servers.sentinels().get(0).stop();
        servers.sentinels().get(1).pause();
        try (Session session = measuring(BROKER, dialling, heard, lists("mail"))) {
            heard.measured(MAIL, waiting("mail", 3));

            // Whoever measures already goes on while nobody can say where the master is.
            servers.sentinels().get(2).stop();
            heard.rounds(MAIL, 20);
            heard.measured(MAIL, waiting("mail", 3));

            servers.first().cli("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            await().atMost(PATIENCE)
                    .until(() -> heard.unavailable(MAIL).why().startsWith("none of the 3 sentinels can be asked: "));

            servers.sentinels().get(2).startAgain();
            heard.measured(MAIL, waiting("mail", 3));
            neverZero();
        }
    }

    @Test
    void twenty_pools_share_one_connection_to_the_master() {
        Map<PoolKey, Query> pools = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            pools.put(new PoolKey("default", "pool-" + i), lists("queue-" + i));
        }
        try (Session session = BROKER.open(dialling.connection(), Sessions.OFTEN, heard)) {
            session.measure(pools);
            pools.keySet().forEach(pool -> heard.rounds(pool, 2));
            assertEquals(1, operators(servers.first()));
            assertEquals(0, operators(servers.second()));
        }
    }

    @Test
    void a_login_that_may_not_ask_for_the_role_measures_all_the_same() {
        three(servers.first());
        servers.first().cli("ACL", "SETUSER", "meter", "on", ">pw", "~*", "+llen", "+lindex", "+ping", "resetchannels");
        try (Session session = measuring(BROKER, dialling.as("meter", "pw"), heard, lists("mail"))) {
            heard.measured(MAIL, waiting("mail", 3));
            heard.rounds(MAIL, 5);
            heard.measured(MAIL, waiting("mail", 3));
        }
    }

    private static void three(RedisServer master) {
        master.cli("RPUSH", "mail", "a", "b", "c");
        master.cli("WAIT", "1", "5000");
    }

    private void awaitPush() {
        await().atMost(PATIENCE)
                .until(() -> heard.measuring()
                        .filter(Measuring.Push.class::isInstance)
                        .isPresent());
    }

    /** Whatever was told of the queue was true: it always held jobs. */
    private void neverZero() {
        assertEquals(0, heard.times(MAIL, waiting("mail", 0)));
    }

    private static long operators(RedisServer redis) {
        return redis.cli("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains(" name=workerpool-operator "))
                .count();
    }
}
