package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.BrokerSessionContract;
import dev.workerpool.broker.Connection;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisCluster;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** Over TLS and with a login. */
class ClusterContractIT extends BrokerSessionContract {
    private static final RedisBroker BROKER = Loopback.broker();
    private static final PrivateCa CA = PrivateCa.create();

    private final RedisCluster cluster = RedisCluster.start(RedisOptions.tls(CA).withUser("jobs", "s3cret"));

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    @AfterEach
    void endServers() {
        cluster.close();
    }

    @Override
    protected BrokerClient client() {
        return BROKER;
    }

    @Override
    protected Connection connection() {
        return Dialling.toCluster(cluster, CA).as("jobs", "s3cret").connection();
    }

    /** The first to be gone is named, whichever that is. */
    @Override
    protected String address() {
        return "localhost:";
    }

    @Override
    protected void enqueue(String list, int jobs) {
        for (int i = 0; i < jobs; i++) {
            cluster.cli("LPUSH", list, "job-" + i);
        }
    }

    @Override
    protected void stopBroker() {
        cluster.replica().stop();
        cluster.masters().forEach(RedisServer::stop);
    }

    @Override
    protected void startBrokerAgain() {
        cluster.masters().forEach(RedisServer::startAgain);
        cluster.replica().startAgain();
    }
}
