package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
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
import dev.workerpool.testing.jobs.RedisCluster;
import dev.workerpool.testing.jobs.RedisServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real Redis Cluster: each queue is read where it lies, also when that becomes another place. */
@SuppressWarnings("try") // sessions are opened for what they tell, and closed
class ClusterIT {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RedisCluster cluster = RedisCluster.plain();
    private final Dialling dialling = Dialling.toCluster(cluster);
    private final Heard heard = new Heard();

    @AfterAll
    static void close() {
        BROKER.close();
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void twenty_pools_on_three_masters_share_one_connection_to_each_and_are_told_of_changes()
            throws InterruptedException {
        Heard resting = new Heard().ofChangesAlone();
        Map<PoolKey, Query> pools = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            pools.put(new PoolKey("default", "pool-" + i), lists("queue-" + i));
        }
        try (Session session = BROKER.open(dialling.connection(), Duration.ofMinutes(5), resting)) {
            session.measure(pools);
            await().atMost(PATIENCE)
                    .until(() -> resting.measuring()
                            .filter(Measuring.Push.class::isInstance)
                            .isPresent());
            for (int i = 0; i < 20; i++) {
                PoolKey pool = new PoolKey("default", "pool-" + i);
                resting.measured(pool, waiting("queue-" + i, 0));
                cluster.cli("RPUSH", "queue-" + i, "job");
                resting.measured(pool, waiting("queue-" + i, 1));
                cluster.cli("DEL", "queue-" + i);
                resting.measured(pool, waiting("queue-" + i, 0));
            }
            List<Long> before =
                    cluster.masters().stream().map(ClusterIT::commands).toList();
            Thread.sleep(20_000);
            for (int i = 0; i < 3; i++) {
                long sent = commands(cluster.masters().get(i)) - before.get(i);
                System.out.println("connections to master " + i + ": "
                        + operators(cluster.masters().get(i)) + ", commands in 20 s at rest: " + sent);
                assertEquals(1, operators(cluster.masters().get(i)));
                // PINGs, the slots, INFO, and what redis-cli asks for this test.
                assertTrue(sent <= 20, "master " + i + ": " + sent);
            }
        }
    }

    @Test
    void a_queue_is_read_while_its_slot_moves_and_after() {
        three();
        RedisServer from = cluster.holding("mail");
        RedisServer to = cluster.masters().stream()
                .filter(master -> !master.equals(from))
                .findFirst()
                .orElseThrow();
        String slot = Integer.toString(cluster.slot("mail"));
        try (Session session = measuring(BROKER, dialling, heard, lists("mail"))) {
            heard.measured(MAIL, waiting("mail", 3));
            to.cli("CLUSTER", "SETSLOT", slot, "IMPORTING", from.cli("CLUSTER", "MYID"));
            from.cli("CLUSTER", "SETSLOT", slot, "MIGRATING", to.cli("CLUSTER", "MYID"));
            from.cli("MIGRATE", "127.0.0.1", Integer.toString(to.port()), "mail", "0", "5000");
            heard.rounds(MAIL, 5);
            heard.measured(MAIL, waiting("mail", 3));

            for (RedisServer master : List.of(to, from)) {
                master.cli("CLUSTER", "SETSLOT", slot, "NODE", to.cli("CLUSTER", "MYID"));
            }
            heard.rounds(MAIL, 5);
            to.cli("RPUSH", "mail", "d");
            heard.measured(MAIL, waiting("mail", 4));
            assertEquals(0, heard.times(MAIL, waiting("mail", 0)));
        }
    }

    @Test
    void a_master_that_is_killed_is_followed_by_its_replica_and_nothing_is_read_as_zero() {
        String queue = onFirst();
        cluster.cli("RPUSH", queue, "a", "b", "c");
        cluster.masters().getFirst().cli("WAIT", "1", "5000");
        try (Session session = measuring(BROKER, dialling, heard, lists(queue))) {
            heard.measured(MAIL, waiting(queue, 3));
            cluster.masters().getFirst().kill();
            String why = heard.unavailable(MAIL).why();
            assertTrue(why.contains("localhost:" + cluster.masters().getFirst().port()), why);
            heard.measured(MAIL, waiting(queue, 3));
            cluster.cli("RPUSH", queue, "d");
            heard.measured(MAIL, waiting(queue, 4));
            assertEquals(0, heard.times(MAIL, waiting(queue, 0)));
            assertEquals(1, operators(cluster.replica()));
        }
    }

    @Test
    void a_master_that_hangs_is_named_and_followed_by_its_replica() {
        String queue = onFirst();
        cluster.cli("RPUSH", queue, "a", "b", "c");
        cluster.masters().getFirst().cli("WAIT", "1", "5000");
        try (Session session = measuring(BROKER, dialling, heard, lists(queue))) {
            heard.measured(MAIL, waiting(queue, 3));
            cluster.masters().getFirst().pause();
            assertEquals(
                    "localhost:%d has not answered for 2.0 s"
                            .formatted(cluster.masters().getFirst().port()),
                    heard.unavailable(MAIL).why());
            heard.measured(MAIL, waiting(queue, 3));
            cluster.masters().getFirst().resume();
            heard.rounds(MAIL, 20);
            cluster.cli("RPUSH", queue, "d");
            heard.measured(MAIL, waiting(queue, 4));
            assertEquals(0, heard.times(MAIL, waiting(queue, 0)));
        }
    }

    /** A queue whose master has a replica. */
    private String onFirst() {
        for (int i = 0; ; i++) {
            if (cluster.holding("queue-" + i).equals(cluster.masters().getFirst())) {
                return "queue-" + i;
            }
        }
    }

    private void three() {
        cluster.cli("RPUSH", "mail", "a", "b", "c");
    }

    private static long operators(RedisServer redis) {
        return redis.cli("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains(" name=workerpool-operator "))
                .count();
    }

    /** But for what a replica says each second. */
    private static long commands(RedisServer redis) {
        return redis.cli("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_") && !line.startsWith("cmdstat_replconf"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*:calls=([0-9]+),.*", "$1")))
                .sum();
    }
}
