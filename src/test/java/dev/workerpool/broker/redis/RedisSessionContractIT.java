package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.BrokerSessionContract;
import dev.workerpool.broker.Connection;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** Over TLS and with a login: what is true there is true on a plain connection. */
class RedisSessionContractIT extends BrokerSessionContract {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final PrivateCa CA = PrivateCa.create();

    private final RedisServer redis = RedisServer.start(RedisOptions.tls(CA).withUser("jobs", "s3cret"));

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    @AfterEach
    void endServer() {
        redis.close();
    }

    @Override
    protected BrokerClient client() {
        return BROKER;
    }

    @Override
    protected Connection connection() {
        return Dialling.overTls(redis, CA).as("jobs", "s3cret").connection();
    }

    @Override
    protected void enqueue(String list, int jobs) {
        for (int i = 0; i < jobs; i++) {
            redis.cli("LPUSH", list, "job-" + i);
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
