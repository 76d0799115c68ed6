package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.BrokerSessionContract;
import dev.workerpool.broker.Connection;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SentinelServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** Over TLS and with logins, the server's and the sentinel's own, in database 3; nobody is there to fail over to. */
class SentinelContractIT extends BrokerSessionContract {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final PrivateCa CA = PrivateCa.create();

    private final RedisServer redis = RedisServer.start(RedisOptions.tls(CA).withUser("jobs", "s3cret"));
    private final SentinelServer sentinel =
            SentinelServer.watching(redis, RedisOptions.tls(CA).withUser("watcher", "other"), "localhost", 1);

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    @AfterEach
    void endServers() {
        sentinel.close();
        redis.close();
    }

    @Override
    protected BrokerClient client() {
        return BROKER;
    }

    @Override
    protected Connection connection() {
        return Dialling.bySentinels(redis, List.of(sentinel), CA)
                .askingAs("watcher", "other")
                .as("jobs", "s3cret")
                .database(3)
                .connection();
    }

    @Override
    protected String address() {
        return "localhost:" + redis.port();
    }

    @Override
    protected void enqueue(String list, int jobs) {
        for (int i = 0; i < jobs; i++) {
            redis.cli("-n", "3", "LPUSH", list, "job-" + i);
        }
    }

    @Override
    protected void stopBroker() {
        redis.stop();
    }

    @Override
    protected void startBrokerAgain() {
        redis.startAgain();
    }
}
