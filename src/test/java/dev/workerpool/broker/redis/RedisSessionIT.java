package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.celery;
import static dev.workerpool.broker.redis.Sessions.lists;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.reading;
import static dev.workerpool.broker.redis.Sessions.waiting;
import static dev.workerpool.broker.redis.Sessions.why;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Workers;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What can be amiss with a real Redis while it is measured, and that it is told and mended without a restart. */
@SuppressWarnings("try") // sessions are opened for what they tell, and closed
class RedisSessionIT {
    private static final RedisBroker BROKER = Loopback.broker();

    private final Heard heard = new Heard();

    @AfterAll
    static void close() {
        BROKER.close();
    }

    @Test
    void aKeyOfAnotherTypeSpoilsItsOwnFigureAloneUntilItIsMended() {
        try (RedisServer redis = RedisServer.plain();
                Session session = measuring(BROKER, Dialling.plainly(redis), heard, lists("mail", "low"))) {
            redis.cli("HSET", "mail", "field", "value");
            redis.cli("RPUSH", "low", "a", "b"); // last: a round that has read these has read the hash
            Measured spoiled = heard.measured(MAIL, waiting("low", 2));

            assertEquals(
                    "key mail holds a hash, not a list",
                    why(reading(spoiled, "mail").waiting()));

            redis.cli("DEL", "mail");
            heard.measured(MAIL, waiting("mail", 0));
        }
    }

    @Test
    void aKeyThatTheLoginMayNotReadSpoilsItsOwnFigureAlone() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.cli("ACL", "SETUSER", "meter", "on", ">pw", "~low", "+llen", "+select");
            try (Session session =
                    measuring(BROKER, Dialling.plainly(redis).as("meter", "pw"), heard, lists("mail", "low"))) {
                Measured measured = heard.measured(MAIL, waiting("low", 0));

                assertEquals(
                        "the login lacks the permission to read key mail",
                        why(reading(measured, "mail").waiting()));

                redis.cli("ACL", "SETUSER", "meter", "~mail");
                heard.measured(MAIL, waiting("mail", 0));
            }
        }
    }

    @Test
    void workersThatMayNotBeHeardAreUntoldAndNotIdle() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.cli("ACL", "SETUSER", "meter", "on", ">pw", "~*", "+@all", "resetchannels");
            try (Session session =
                    measuring(BROKER, Dialling.plainly(redis).as("meter", "pw"), heard, celery("mail"))) {
                heard.measured(
                        MAIL,
                        measured -> measured.workers()
                                .equals(new Workers.Untold("the workers' reports cannot be heard: the login lacks the "
                                        + "permission to subscribe to /0.celeryev/worker.*")));
                assertTrue(session != null);
            }
        }
    }

    @Test
    void aHungServerIsUnavailableAndMeasuredAgainWhenItGoesOn() {
        try (RedisServer redis = RedisServer.plain();
                Session session = measuring(BROKER, Dialling.plainly(redis), heard, celery("mail"))) {
            heard.measured(MAIL, waiting("mail", 0));
            redis.pause();
            String why = heard.unavailable(MAIL).why();
            assertEquals("localhost:" + redis.port() + " has not answered for 2.0 s", why);
            heard.rounds(MAIL, 10);
            redis.resume();

            heard.measured(MAIL, waiting("mail", 0));
        }
    }

    @Test
    void aPasswordThatChangesIsAskedForAndFound() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.cli("ACL", "SETUSER", "meter", "on", ">old", "allkeys", "allchannels", "+@all");
            try (Session session =
                    measuring(BROKER, Dialling.plainly(redis).as("meter", "old"), heard, lists("mail"))) {
                heard.measured(MAIL, waiting("mail", 0));
                redis.cli("ACL", "SETUSER", "meter", "resetpass", ">new");
                redis.cli("CLIENT", "KILL", "USER", "meter");
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> heard.unavailable(MAIL).why().endsWith("refuses the user name or the password"));

                redis.cli("ACL", "SETUSER", "meter", ">old");
                heard.measured(MAIL, waiting("mail", 0));
            }
        }
    }

    @Test
    void aPasswordThatIsWantedAllOfASuddenIsNamed() {
        try (RedisServer redis = RedisServer.plain();
                Session session = measuring(BROKER, Dialling.plainly(redis), heard, lists("mail"))) {
            heard.measured(MAIL, waiting("mail", 0));
            redis.cli("CONFIG", "SET", "requirepass", "s3cret");
            redis.cli("-a", "s3cret", "CLIENT", "KILL", "TYPE", "normal");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> heard.unavailable(MAIL).why().contains("wants a password"));

            redis.cli("-a", "s3cret", "CONFIG", "SET", "requirepass", "");
            heard.measured(MAIL, waiting("mail", 0));
        }
    }

    @Test
    void aFullServerIsNamedAndTriedAgain() throws IOException {
        try (RedisServer redis = RedisServer.plain();
                Session session = measuring(BROKER, Dialling.plainly(redis), heard, lists("mail"));
                Socket other = new Socket("localhost", redis.port())) {
            heard.measured(MAIL, waiting("mail", 0));
            say(other, "CONFIG SET maxclients 1", "CLIENT KILL TYPE normal SKIPME yes");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> heard.unavailable(MAIL).why().contains("maxclients"));

            say(other, "CONFIG SET maxclients 100");
            heard.measured(MAIL, waiting("mail", 0));
        }
    }

    /** A script that does not end: Redis answers whatever is asked with the error BUSY, while its connections stand. */
    @Test
    void aServerThatAnswersEverythingWithAnErrorIsNotReadAsEmpty() throws IOException {
        try (RedisServer redis = RedisServer.start(RedisOptions.plain().withLine("busy-reply-threshold 100"));
                Session session = measuring(BROKER, Dialling.plainly(redis), heard, lists("mail"));
                Socket script = new Socket("localhost", redis.port())) {
            redis.cli("RPUSH", "mail", "a", "b");
            heard.measured(MAIL, waiting("mail", 2));
            int emptyBefore = heard.times(MAIL, waiting("mail", 0));
            say(script, "EVAL \"while true do end\" 0");
            heard.measured(
                    MAIL,
                    measured -> why(reading(measured, "mail").waiting())
                            .startsWith("the server refused to read key mail: BUSY"));
            redis.cli("SCRIPT", "KILL");
            heard.measured(MAIL, waiting("mail", 2));
            assertEquals(emptyBefore, heard.times(MAIL, waiting("mail", 0)));
        }
    }

    @Test
    void figuresAreThoseOfTheDatabaseThatTheUrlNames() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.cli("-n", "3", "RPUSH", "mail", "a");
            try (Session session = measuring(BROKER, Dialling.plainly(redis).database(3), heard, lists("mail"))) {
                assertEquals(
                        Figure.of(1),
                        reading(heard.measured(MAIL, any -> true), "mail").waiting());
            }
        }
    }

    private static void say(Socket socket, String... commands) throws IOException {
        for (String command : commands) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        socket.getOutputStream().flush();
    }
}
