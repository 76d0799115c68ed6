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

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Heard;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Topology;
import dev.workerpool.testing.jobs.Listener;
import dev.workerpool.testing.jobs.RedisCluster;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SentinelServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that a server names: they are guarded as those that a person writes, and nobody there is told a login. */
@SuppressWarnings("try") // sessions are opened for what they tell, and closed
class NamedElsewhereIT {
    private static final String SECRET = "hunter2-is-secret";
    private static final RedisBroker BROKER =
            Loopback.broker(Loopback.guard(List.of("127.0.0.0/8", "::1"), List.of("127.0.0.2")));
    private static final RedisBroker USUAL = Loopback.broker(Loopback.allowing("127.0.0.1"));

    @AfterAll
    static void close() {
        BROKER.close();
        USUAL.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "127.0.0.3"})
    void a_sentinel_that_hands_out_a_refused_master_is_not_followed(String address) {
        try (RedisServer redis = RedisServer.plain();
                SentinelServer sentinel = SentinelServer.watching(redis, RedisOptions.plain(), address, 1)) {
            Dialling dialling = Dialling.bySentinels(redis, List.of(sentinel)).withPassword(SECRET);
            refused(probe(USUAL, dialling), address + ", which is ");
        }
    }

    @Test
    void a_sentinel_that_names_another_master_than_before_is_left_where_that_one_is_refused() {
        try (RedisServer redis = RedisServer.plain();
                Listener elsewhere = Listener.at("127.0.0.2");
                SentinelServer sentinel = SentinelServer.watching(redis, RedisOptions.plain(), "localhost", 1)) {
            redis.cli("RPUSH", "mail", "a");
            Heard heard = new Heard();
            try (Session session =
                    measuring(BROKER, Dialling.bySentinels(redis, List.of(sentinel)), heard, lists("mail"))) {
                heard.measured(MAIL, waiting("mail", 1));
                sentinel.cli("SENTINEL", "REMOVE", SentinelServer.MASTER);
                sentinel.cli(
                        "SENTINEL",
                        "MONITOR",
                        SentinelServer.MASTER,
                        "127.0.0.2",
                        Integer.toString(elsewhere.port()),
                        "1");
                redis.stop();
                awaitRefused(heard);
            }
            // The sentinel itself knocks there.
            await().until(() -> !elsewhere.heard().isEmpty());
            assertFalse(elsewhere.heard().toString().contains("Lettuce"), elsewhere.heard()::toString);
            assertFalse(elsewhere.heard().toString().contains("workerpool"), elsewhere.heard()::toString);
        }
    }

    @Test
    void sentinels_themselves_are_guarded() {
        try (RedisServer redis = RedisServer.plain();
                Listener sentinel = Listener.at("127.0.0.2")) {
            Topology asked = new Topology.Sentinel(
                    SentinelServer.MASTER,
                    List.of(new Endpoint("127.0.0.2", sentinel.port(), 0, false)),
                    Dialling.plainly(1).withPassword(SECRET).login(),
                    List.of());
            refused(
                    probe(BROKER, Dialling.plainly(redis).by(asked)),
                    "the sentinel cannot be asked: 127.0.0.2, which is denied");
            assertEquals(0, sentinel.accepted());
        }
    }

    @Test
    void a_node_of_a_cluster_that_comes_to_be_at_a_refused_address_is_not_followed_by_slots_or_by_MOVED() {
        try (RedisCluster cluster = RedisCluster.plain()) {
            RedisServer holder = cluster.holding("mail");
            try (Listener elsewhere = Listener.at("127.0.0.2", holder.port())) {
                cluster.cli("RPUSH", "mail", "a", "b");
                Heard heard = new Heard();
                try (Session session = measuring(BROKER, Dialling.toCluster(cluster), heard, lists("mail"))) {
                    heard.measured(MAIL, waiting("mail", 2));
                    holder.cli("CONFIG", "SET", "cluster-announce-hostname", "127.0.0.2");
                    RedisServer other = cluster.masters().stream()
                            .filter(master -> !master.equals(holder))
                            .findFirst()
                            .orElseThrow();
                    await().atMost(Duration.ofSeconds(60))
                            .until(() -> other.cli("CLUSTER", "SLOTS").contains("127.0.0.2\n" + holder.port()));
                    awaitRefused(heard);
                }
                refused(probe(BROKER, Dialling.toCluster(cluster)), "127.0.0.2, which is denied");
                assertEquals(0, elsewhere.accepted());
            }
        }
    }

    @Test
    void one_server_that_says_MOVED_is_not_followed_anywhere() {
        try (RedisCluster cluster = RedisCluster.plain()) {
            cluster.cli("RPUSH", "mail", "a", "b");
            RedisServer holder = cluster.holding("mail");
            RedisServer other = cluster.masters().stream()
                    .filter(master -> !master.equals(holder))
                    .findFirst()
                    .orElseThrow();
            Heard heard = new Heard();
            try (Session session = measuring(BROKER, Dialling.plainly(other), heard, lists("mail"))) {
                String why = Sessions.why(Sessions.reading(heard.measured(MAIL, any -> true), "mail")
                        .waiting());
                assertTrue(why.contains("see redis.topology"), why);
                heard.rounds(MAIL, 5);
                assertEquals(0, operators(holder));
            }
        }
    }

    @Test
    void a_login_that_is_answered_by_MOVED_is_said_to_nobody_else() {
        try (Listener elsewhere = Listener.at("127.0.0.1");
                FalseServer server = FalseServer.saying("-MOVED 1 127.0.0.1:" + elsewhere.port() + "\r\n")) {
            Probe.Failed failed = assertInstanceOf(
                    Probe.Failed.class,
                    probe(BROKER, Dialling.plainly(server.port()).withPassword(SECRET)));
            assertFalse(failed.message().contains(SECRET), failed::message);
            assertEquals(0, elsewhere.accepted());
        }
    }

    private static void awaitRefused(Heard heard) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> heard.unavailable(MAIL).why().contains("127.0.0.2, which is denied"));
    }

    private static void refused(Probe probe, String message) {
        Probe.Failed failed = assertInstanceOf(Probe.Failed.class, probe);
        assertEquals(Cause.AddressNotAllowed, failed.cause(), failed::message);
        assertTrue(failed.message().contains(message), failed::message);
        assertFalse(failed.message().contains(SECRET), failed::message);
    }

    private static Probe probe(RedisBroker broker, Dialling dialling) {
        return broker.probe(dialling.connection(), Duration.ofSeconds(8));
    }

    private static long operators(RedisServer redis) {
        return redis.cli("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains(" name=workerpool-operator "))
                .count();
    }
}
