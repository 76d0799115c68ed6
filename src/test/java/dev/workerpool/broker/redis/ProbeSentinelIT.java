package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Topology;
import dev.workerpool.testing.jobs.FreePort;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SentinelServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What can be amiss with sentinels, each told apart. */
class ProbeSentinelIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final PrivateCa CA = PrivateCa.create();

    @AfterAll
    static void close() {
        BROKER.close();
    }

    @Test
    void a_master_behind_a_sentinel_answers() {
        try (RedisServer redis = RedisServer.plain();
                SentinelServer sentinel = SentinelServer.watching(redis, RedisOptions.plain(), "localhost", 1)) {
            assertInstanceOf(Probe.Answered.class, probe(Dialling.bySentinels(redis, List.of(sentinel))));
        }
    }

    @Test
    void a_login_of_the_sentinels_is_asked_for_and_checked() {
        try (RedisServer redis = RedisServer.plain();
                SentinelServer sentinel = SentinelServer.watching(
                        redis, RedisOptions.plain().withUser("watcher", "right"), "localhost", 1)) {
            Dialling dialling = Dialling.bySentinels(redis, List.of(sentinel));
            assertFailed(Cause.SentinelLoginRefused, "wants a password", dialling);
            assertFailed(Cause.SentinelLoginRefused, "refuses the user name", dialling.askingAs("watcher", "hunter2"));
            assertInstanceOf(Probe.Answered.class, probe(dialling.askingAs("watcher", "right")));
        }
    }

    @Test
    void sentinels_that_are_not_there_and_servers_that_are_none_are_told() {
        try (RedisServer redis = RedisServer.plain()) {
            assertFailed(Cause.SentinelsUnreachable, "connection refused", by("mymaster", FreePort.next()));
            assertFailed(Cause.SentinelsUnreachable, "is no sentinel", by("mymaster", redis.port()));
        }
    }

    @Test
    void a_master_that_nobody_watches_is_told() {
        try (RedisServer redis = RedisServer.plain();
                SentinelServer sentinel = SentinelServer.watching(redis, RedisOptions.plain(), "localhost", 1)) {
            assertFailed(Cause.MasterUnknown, "of the name jobs", by("jobs", sentinel.port()));
        }
    }

    @Test
    void a_sentinel_that_nobody_vouches_for_is_not_believed() {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA));
                SentinelServer sentinel = SentinelServer.watching(redis, RedisOptions.tls(CA), "localhost", 1)) {
            assertFailed(
                    Cause.CertificateNotTrusted,
                    "the sentinel cannot be asked",
                    Dialling.bySentinels(redis, List.of(sentinel), PrivateCa.create()));
            Probe.Answered answered =
                    assertInstanceOf(Probe.Answered.class, probe(Dialling.bySentinels(redis, List.of(sentinel), CA)));
            assertEquals("TLSv1.3", answered.tls());
        }
    }

    private static Dialling by(String master, int port) {
        return Dialling.plainly(6379)
                .by(new Topology.Sentinel(
                        master, List.of(new Endpoint("localhost", port, 0, false)), Optional.empty(), List.of()));
    }

    private static void assertFailed(Cause cause, String message, Dialling dialling) {
        Probe.Failed failed = assertInstanceOf(Probe.Failed.class, probe(dialling));
        assertEquals(cause, failed.cause(), failed::message);
        assertTrue(failed.message().contains(message), failed::message);
        assertFalse(failed.message().contains("hunter2"), failed::message);
    }

    private static Probe probe(Dialling dialling) {
        return BROKER.probe(dialling.connection(), Duration.ofSeconds(8));
    }
}
