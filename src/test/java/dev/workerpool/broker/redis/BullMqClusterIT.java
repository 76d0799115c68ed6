package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.query;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Measuring;
import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.framework.BullMq;
import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisCluster;
import dev.workerpool.testing.jobs.RunningWorker;
import dev.workerpool.testing.jobs.WorkerPod;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The real BullMQ on a real Redis Cluster, with its prefix in braces. */
class BullMqClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void the_figures_are_those_that_BullMQ_itself_tells() {
        BullMqApp app = BullMqApp.bullMq();
        Heard heard = new Heard();
        try (RedisCluster cluster = RedisCluster.plain();
                RedisBroker broker = Loopback.broker();
                Session session = measuring(
                        broker,
                        Dialling.toCluster(cluster),
                        heard,
                        query(new BullMq("{bull}", "REDIS_URL"), "mail", "other"));
                Producer producer = app.producer(environment(cluster))) {
            Agreement agreement = new Agreement(heard, producer);
            producer.send(Jobs.jobs(5).lasting(Duration.ofSeconds(3)).inQueue("mail"));
            agreement.on(5, 0, 0);
            producer.send(Jobs.jobs(1).inQueue("mail").withPriority(3));
            agreement.on(6, 0, 0);
            producer.send(Jobs.jobs(2).inQueue("mail").after(Duration.ofSeconds(2)));
            agreement.on(6, 2, 0);
            try (RunningWorker worker = app.startWorker(WorkerPod.named("mail-0")
                    .withArgs("mail")
                    .withEnv(environment(cluster))
                    .withEnv("WORKERPOOL_CONCURRENCY", "2"))) {
                await().atMost(PATIENCE).until(() -> "8".equals(cluster.cli("GET", "done")));
                agreement.on(0, 0, 0);
                assertTrue(worker.terminate(PATIENCE), worker::log);
            }
            await().atMost(PATIENCE)
                    .until(() -> heard.measuring()
                            .filter(Measuring.Push.class::isInstance)
                            .isPresent());
            assertTrue(session != null && heard.times(MAIL) > 0);
        }
    }

    private static Map<String, String> environment(RedisCluster cluster) {
        Map<String, String> environment = new HashMap<>();
        environment.put("REDIS_URL", cluster.masters().getFirst().url());
        environment.put("REDIS_CLUSTER", "1");
        environment.put("BULL_PREFIX", "{bull}");
        return environment;
    }
}
