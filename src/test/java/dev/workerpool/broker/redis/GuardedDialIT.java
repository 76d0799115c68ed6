package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.lists;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.waiting;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Heard;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.testing.jobs.Listener;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the operator may not connect to, nobody hears of it. */
@SuppressWarnings("try") // sessions are opened for what they tell, and closed
class GuardedDialIT {
    private static final String SECRET = "hunter2";
    private static final AddressGuard USUAL = Loopback.allowing();

    @Test
    void a_name_that_leads_to_loopback_is_refused_and_told() {
        try (RedisServer redis = RedisServer.plain();
                RedisBroker broker = Loopback.broker(USUAL)) {
            Dialling dialling = Dialling.plainly(redis).withPassword(SECRET);
            long before = connections(redis);
            Probe.Failed failed = refused(broker, dialling);
            assertTrue(failed.message().startsWith("localhost is at 127.0.0.1, which is loopback: "), failed::message);
            assertTrue(failed.message().contains("--allow-address 127.0.0.1/32"), failed::message);
            // But for the redis-cli of this very question.
            assertEquals(before + 1, connections(redis));
        }
    }

    @Test
    void what_is_allowed_is_connected_to_and_its_neighbour_is_not() {
        try (RedisServer redis = RedisServer.plain();
                Listener neighbour = Listener.at("127.0.0.2", redis.port());
                RedisBroker broker = Loopback.broker(Loopback.allowing("127.0.0.1"))) {
            assertInstanceOf(Probe.Answered.class, probe(broker, Dialling.plainly(redis)));
            refused(broker, Dialling.plainly(redis).at("127.0.0.2"));
            assertEquals(0, neighbour.accepted());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "127.255.255.254", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1"})
    void however_loopback_is_written_nobody_there_hears_of_it(String host) {
        try (Listener listener = Listener.at("0.0.0.0");
                RedisBroker broker = Loopback.broker(USUAL)) {
            Dialling plain =
                    Dialling.plainly(listener.port()).withPassword(SECRET).at(host);
            refused(broker, plain);
            refused(
                    broker,
                    Dialling.overTls(listener.port(), PrivateCa.create()).at(host));
            Heard heard = new Heard();
            try (Session session = measuring(broker, plain, heard, lists("mail"))) {
                assertTrue(heard.unavailable(MAIL).why().contains("--allow-address"));
            }
            assertEquals(0, listener.accepted());
        }
    }

    /** Some programs take them for loopback. */
    @ParameterizedTest
    @ValueSource(strings = {"127.1", "0", "2130706433", "0x7f.1", "0177.0.0.1"})
    void a_number_that_could_be_meant_so_leads_nowhere(String host) {
        try (Listener listener = Listener.at("0.0.0.0");
                RedisBroker broker = Loopback.broker(USUAL)) {
            assertInstanceOf(
                    Probe.Failed.class,
                    probe(broker, Dialling.plainly(listener.port()).at(host)));
            assertEquals(0, listener.accepted());
        }
    }

    @Test
    void a_name_that_comes_to_lead_to_a_refused_address_is_followed_no_longer() {
        Names names = new Names();
        names.lead("redis.test", "127.0.0.1");
        try (RedisServer redis = RedisServer.plain();
                Listener elsewhere = Listener.at("127.0.0.2", redis.port());
                RedisBroker broker = Loopback.broker(Loopback.allowing("127.0.0.1"), names)) {
            Dialling dialling = Dialling.plainly(redis).at("redis.test");
            Heard heard = new Heard();
            redis.cli("RPUSH", "mail", "a");
            try (Session session = measuring(broker, dialling, heard, lists("mail"))) {
                heard.measured(MAIL, waiting("mail", 1));
                names.lead("redis.test", "127.0.0.2");
                redis.cli("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> heard.unavailable(MAIL)
                                .why()
                                .startsWith("redis.test is at 127.0.0.2, which is loopback: "));
                refused(broker, dialling);
                assertEquals(0, elsewhere.accepted());

                names.lead("redis.test", "127.0.0.1");
                redis.cli("RPUSH", "mail", "b");
                heard.measured(MAIL, waiting("mail", 2));
                assertEquals(0, elsewhere.accepted());
            }
        }
    }

    /** That nobody was heard would mean little if nobody could be. */
    @Test
    void where_it_is_allowed_the_same_listener_hears_of_it() {
        try (Listener listener = Listener.at("127.0.0.1");
                RedisBroker broker = Loopback.broker()) {
            Dialling dialling = Dialling.plainly(listener.port()).withPassword(SECRET);
            Probe.Failed failed =
                    assertInstanceOf(Probe.Failed.class, broker.probe(dialling.connection(), Duration.ofSeconds(1)));
            assertEquals(Cause.TimedOut, failed.cause());
            await().until(() ->
                    listener.accepted() > 0 && listener.heard().toString().contains(SECRET));
        }
    }

    @ParameterizedTest
    @CsvSource({"169.254.169.254", "fe80::1", "224.0.0.1", "fd00:ec2::254", "64:ff9b::a9fe:a9fe", "2002:7f00:1::"})
    void other_places_of_no_broker_are_refused_without_waiting(String host) {
        try (RedisBroker broker = Loopback.broker(USUAL)) {
            long began = System.nanoTime();
            refused(broker, Dialling.plainly(6379).at(host));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(Duration.ofSeconds(4)) < 0, took::toString);
        }
    }

    @Test
    void the_second_look_at_a_silent_server_is_guarded_too() {
        try (RedisServer redis = RedisServer.plain()) {
            Endpoint endpoint = new Endpoint("localhost", redis.port(), 0, true);
            long before = connections(redis);
            assertFalse(PlainServer.answers(endpoint, USUAL, Duration.ofSeconds(2)));
            assertEquals(before + 1, connections(redis));
            assertTrue(PlainServer.answers(endpoint, Loopback.allowing("127.0.0.1"), Duration.ofSeconds(2)));
        }
    }

    @Test
    void a_broker_that_is_measured_is_not_disturbed_by_one_that_is_refused() {
        try (RedisServer redis = RedisServer.plain();
                RedisBroker broker = Loopback.broker(Loopback.guard(List.of("127.0.0.0/8"), List.of("127.0.0.2")))) {
            Heard good = new Heard();
            Heard bad = new Heard();
            redis.cli("RPUSH", "mail", "a", "b");
            try (Session one = measuring(broker, Dialling.plainly(redis), good, lists("mail"));
                    Session other = measuring(broker, Dialling.plainly(redis).at("127.0.0.2"), bad, lists("mail"))) {
                assertTrue(bad.unavailable(MAIL).why().contains("--deny-address 127.0.0.2/32"));
                good.measured(MAIL, waiting("mail", 2));
                redis.cli("RPUSH", "mail", "c");
                good.measured(MAIL, waiting("mail", 3));
                assertEquals(0, bad.times(MAIL, any -> true));
            }
        }
    }

    private static Probe.Failed refused(RedisBroker broker, Dialling dialling) {
        Probe.Failed failed = assertInstanceOf(Probe.Failed.class, probe(broker, dialling));
        assertEquals(Cause.AddressNotAllowed, failed.cause(), failed::message);
        assertFalse(failed.message().contains(SECRET), failed::message);
        return failed;
    }

    private static Probe probe(RedisBroker broker, Dialling dialling) {
        return broker.probe(dialling.connection(), Duration.ofSeconds(8));
    }

    private static long connections(RedisServer redis) {
        return Long.parseLong(redis.cli("INFO", "stats")
                .lines()
                .filter(line -> line.startsWith("total_connections_received:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .findFirst()
                .orElseThrow());
    }
}
