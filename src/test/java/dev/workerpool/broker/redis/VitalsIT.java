package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.lists;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.broker.Vitals;
import dev.workerpool.broker.Vitals.Clients;
import dev.workerpool.broker.Vitals.Memory;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a real Redis says of itself, and what becomes of a queue that it throws away. */
@SuppressWarnings("try") // sessions are opened for what they tell, and closed
class VitalsIT {
    private static final RedisBroker BROKER = Loopback.broker();

    private final Heard heard = new Heard();

    @AfterAll
    static void close() {
        BROKER.close();
    }

    /** The condition is there before anything is lost; what is lost is gone, and read so. */
    @Test
    void an_evicting_server_is_told_of_before_it_evicts_a_queue() {
        try (RedisServer redis = RedisServer.start(
                        RedisOptions.plain().withLine("maxmemory 6mb").withLine("maxmemory-policy allkeys-lru"));
                Session session = measuring(BROKER, Dialling.plainly(redis), heard, lists("mail"))) {
            redis.cli("RPUSH", "mail", "a", "b");
            heard.measured(MAIL, waiting("mail", 2));
            assertEquals(
                    new Memory.Limited("allkeys-lru", 6L << 20), heard.vitals().memory());

            // Which keys go first is a matter of samples.
            do {
                redis.cli(
                        "EVAL",
                        "for i = 1, 200 do redis.call('SET', KEYS[1] .. i, string.rep('x', 60000)) end",
                        "1",
                        "filler:" + UUID.randomUUID());
            } while ("1".equals(redis.cli("EXISTS", "mail")));
            heard.measured(MAIL, waiting("mail", 0));
        }
    }

    @Test
    void a_server_that_keeps_everything_refuses_jobs_and_is_measured_on() {
        try (RedisServer redis = RedisServer.start(
                        RedisOptions.plain().withLine("maxmemory 6mb").withLine("maxmemory-policy noeviction"));
                Session session = measuring(BROKER, Dialling.plainly(redis), heard, lists("mail"))) {
            redis.cli("RPUSH", "mail", "a", "b");
            heard.measured(MAIL, waiting("mail", 2));
            assertEquals(
                    new Memory.Limited("noeviction", 6L << 20), heard.vitals().memory());
            redis.cli("EVAL", "for i = 1, 200 do redis.pcall('SET', 'filler:' .. i, string.rep('x', 60000)) end", "0");
            heard.rounds(MAIL, 5);
            heard.measured(MAIL, waiting("mail", 2));
            assertEquals(0, heard.times(MAIL, waiting("mail", 1)));
        }
    }

    @Test
    void clients_are_counted_against_what_the_server_takes() {
        try (RedisServer redis = RedisServer.start(RedisOptions.plain().withMaxClients(50));
                Session session = measuring(BROKER, Dialling.plainly(redis), heard, lists("mail"))) {
            Clients clients = heard.vitals().clients();
            assertTrue(clients instanceof Clients.Counted counted && counted.most() == 50, clients::toString);
        }
    }

    @Test
    void a_login_without_INFO_leaves_it_unknown_and_measures() {
        try (RedisServer redis = RedisServer.plain()) {
            redis.cli("ACL", "SETUSER", "meter", "on", ">pw", "~*", "+@all", "-info");
            try (Session session = measuring(BROKER, Dialling.plainly(redis).as("meter", "pw"), heard, lists("mail"))) {
                String denied = "the login lacks the permission for INFO";
                assertEquals(new Vitals(new Memory.Untold(denied), new Clients.Untold(denied)), heard.vitals());
                heard.measured(MAIL, waiting("mail", 0));
            }
        }
    }
}
