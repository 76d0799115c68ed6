package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.DataSet;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reach, login and what listens; {@link ProbeTlsIT} has trust. */
class ProbeIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final String SECRET = "hunter2";

    @AfterAll
    static void close() {
        BROKER.close();
    }

    @Test
    void anOpenServerAnswersWithItsVersion() {
        try (RedisServer redis = RedisServer.plain()) {
            Probe.Answered answered = assertInstanceOf(Probe.Answered.class, probe(Dialling.plainly(redis)));

            assertEquals("redis", answered.product());
            assertTrue(redis.cli("INFO", "server").contains("redis_version:" + answered.version()));
            assertEquals("", answered.tls());
        }
    }

    @Test
    void aLoginThatMayOnlyMeasureIsAnsweredToo() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.cli("ACL", "SETUSER", "meter", "on", ">" + SECRET, "~queue:*", "+llen", "resetchannels");

            assertEquals(
                    new Probe.Answered("redis", "unknown", "", List.of(), DataSet.UNTOLD),
                    probe(Dialling.plainly(redis).as("meter", SECRET)));
            assertFailed(
                    Cause.Failed,
                    "permission to use database 3",
                    Dialling.plainly(redis).as("meter", SECRET).database(3));
        }
    }

    @Test
    void aLoginIsAskedForAndChecked() {
        try (RedisServer redis = RedisServer.start(RedisOptions.plain().withPassword("right"))) {
            Dialling dialling = Dialling.plainly(redis);

            assertFailed(Cause.LoginRequired, "wants a password", dialling);
            assertFailed(Cause.LoginRefused, "refuses the user name or the password", dialling.withPassword(SECRET));
            assertFailed(Cause.LoginRefused, "refuses the user name or the password", dialling.as("joe", "right"));
            assertInstanceOf(Probe.Answered.class, probe(dialling.withPassword("right")));
            assertInstanceOf(Probe.Answered.class, probe(dialling.as("default", "right")));
        }
    }

    @Test
    void aNeedlessPasswordAndAMissingDatabaseAreNamed() {
        try (RedisServer redis = RedisServer.plain()) {
            assertFailed(
                    Cause.LoginRefused, "leave it out", Dialling.plainly(redis).withPassword(SECRET));
            assertFailed(
                    Cause.Failed, "has no database 99", Dialling.plainly(redis).database(99));
        }
    }

    @Test
    void whereNothingListensTheConnectionIsRefused() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.stop();

            assertFailed(Cause.ConnectionRefused, "localhost:" + redis.port(), Dialling.plainly(redis));
            assertFailed(Cause.ConnectionRefused, "localhost:" + redis.port(), Dialling.overTls(redis));
        }
    }

    @Test
    void aNameThatDoesNotResolveIsNamed() {
        assertFailed(Cause.HostNotFound, "redis.invalid", Dialling.plainly(6379).at("redis.invalid"));
    }

    @Test
    void aHungServerTimesOutInTime() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.pause();
            long began = System.nanoTime();

            assertFailed(Cause.TimedOut, "did not answer in time", Dialling.plainly(redis));
            assertFailed(Cause.TimedOut, "did not answer in time", Dialling.overTls(redis));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took::toString);
            redis.resume();
        }
    }

    @Test
    void aFullServerIsNamed() throws Exception {
        try (RedisServer redis = RedisServer.start(RedisOptions.plain().withMaxClients(1));
                Socket other = new Socket("localhost", redis.port())) {
            other.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertEquals('+', other.getInputStream().read());

            assertFailed(Cause.TooManyClients, "maxclients", Dialling.plainly(redis));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 400 Bad Request\r\n\r\n', Failed, is not Redis",
        "'SSH-2.0-OpenSSH_9.9\r\n', Failed, is not Redis",
        "'\u0015\u0003\u0003', TlsRequired, rediss://",
        "'', TlsRequired, rediss://",
        "'-ERR unknown command ''AUTH'', with args beginning with: ''hunter2''\r\n', Failed, error ERR",
        "'-LOADING Redis is loading the dataset in memory\r\n', Failed, still loading",
        "'-DENIED Redis is running in protected mode\r\n', Failed, protected mode",
        "'-hunter2 is not a password\r\n', Failed, a kind that Redis does not send"
    })
    void whatIsNoOpenRedisIsToldApart(String words, Cause cause, String message) {
        try (FalseServer server = FalseServer.saying(words)) {
            assertFailed(cause, message, Dialling.plainly(server.port()).withPassword(SECRET));
        }
    }

    /** The client may see the end of the connection before it has seen its beginning: of a hundred, one or two were not heard. */
    @Test
    void whoSaysWhyAndHangsUpAtOnceIsHeardEachTime() {
        for (int time = 0; time < 300; time++) {
            try (FalseServer server = FalseServer.saying("-DENIED Redis is running in protected mode\r\n")) {
                assertFailed(Cause.Failed, "protected mode", Dialling.plainly(server.port()));
            }
        }
    }

    private static void assertFailed(Cause cause, String message, Dialling dialling) {
        Probe.Failed failed = assertInstanceOf(Probe.Failed.class, probe(dialling));
        assertEquals(cause, failed.cause(), failed::message);
        assertTrue(failed.message().contains(message), failed::message);
        assertFalse(failed.message().contains(SECRET), failed::message);
    }

    private static Probe probe(Dialling dialling) {
        return BROKER.probe(dialling.connection(), Duration.ofSeconds(2));
    }
}
