package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.builders.WrittenBroker;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Sidekiq and a Celery pool whose Broker's URL comes to lead to another server: no job is left behind on the old one. */
@Tag("long")
@RealControlPlane
class MoveOfRealWorkersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Map<String, JobsApp> APPS = Map.of("images", new SidekiqApp(), "mail", new CeleryApp());

    @Test
    @SuppressWarnings("try")
    void what_waits_and_what_is_scheduled_is_done_on_the_old_server_and_so_is_what_is_sent_there_for_two_more_minutes(
            ControlPlane cluster, TestNamespace namespace) {
        try (RedisServer old = RedisServer.plain();
                RedisServer other = RedisServer.start(RedisOptions.tls(PrivateCa.create()));
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            Pools pools = new Pools(cluster.admin(), namespace.name());
            try {
                begin(cluster, namespace, old);
                for (String pool : APPS.keySet()) {
                    send(pool, old, Jobs.jobs(30).lasting(Duration.ofMillis(500)));
                    send(pool, old, Jobs.jobs(5).after(Duration.ofSeconds(75)));
                }
                Instant moved = Instant.now();
                pools.apply(WrittenBroker.at(other).yaml());
                pools.awaitBroker("jobs", "JobsLeftBehind", is -> is.getReason().equals("WorkersStay"), PATIENCE);
                String said = pools.brokerCondition("jobs", "JobsLeftBehind")
                        .orElseThrow()
                        .getMessage();
                assertTrue(said.contains("scheduled"), said);
                // Those who send jobs switch two minutes after the workers were to.
                while (Instant.now().isBefore(moved.plusSeconds(120))) {
                    APPS.keySet().forEach(pool -> send(pool, old, Jobs.jobs(3)));
                }
                long sentToOld = sent;
                for (String pool : APPS.keySet()) {
                    send(pool, other, Jobs.jobs(30));
                }
                await("all done").atMost(PATIENCE).until(() -> done(old) + done(other) >= sent);
                Duration took = Duration.between(moved.plusSeconds(120), Instant.now());
                assertEquals(sentToOld, done(old));
                assertEquals(sent - sentToOld, done(other));
                pools.awaitBroker("jobs", "JobsLeftBehind", is -> is.getStatus().equals("False"), PATIENCE);
                System.out.printf(
                        "%d sent to the old server, %d done there; %d sent to the new one, %d done there, %.1f s after those who send"
                                + " had switched; %s%n",
                        sentToOld,
                        done(old),
                        sent - sentToOld,
                        done(other),
                        took.toMillis() / 1000.0,
                        pools.events("Broker", "jobs"));
            } catch (RuntimeException | AssertionError e) {
                fail(pools.broker("jobs").getStatus() + "\n" + pools.events("Broker", "jobs") + operator.log(), e);
            }
        }
    }

    private long sent;

    private void send(String pool, RedisServer redis, Jobs jobs) {
        try (Producer producer = Objects.requireNonNull(APPS.get(pool)).producer(redis)) {
            sent += producer.send(jobs.inQueue(pool).countedUnder("done")).count();
        }
    }

    private static long done(RedisServer redis) {
        return redis.count("done");
    }

    private static void begin(ControlPlane cluster, TestNamespace namespace, RedisServer redis) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        pools.apply(WrittenBroker.at(redis).yaml());
        APPS.forEach((pool, app) -> {
            var sleeper = Manifests.sleeper(pool, 2);
            pools.apply(Manifests.ofProcesses(
                    app instanceof CeleryApp ? Manifests.celery(sleeper) : Manifests.sidekiq(sleeper), app));
        });
        APPS.keySet().forEach(pool -> pools.awaitReplicas(pool, 0, PATIENCE));
    }
}
