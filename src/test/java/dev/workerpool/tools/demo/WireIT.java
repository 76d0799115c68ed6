package dev.workerpool.tools.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RunningWorker;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.jobs.WorkerPod;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the demo writes and reads is what the real frameworks read and write. */
class WireIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int JOBS = 20;

    static Stream<Arguments> frameworks() {
        return Stream.of(
                Arguments.of(
                        App.SIDEKIQ, new SidekiqApp(), WorkerPod.named("w-0").withArgs("-q", "default")),
                Arguments.of(App.CELERY, new CeleryApp(), WorkerPod.named("w-0").withArgs("-Q", "mail")));
    }

    @ParameterizedTest
    @MethodSource("frameworks")
    void aRealWorkerDoesTheDemosJobs(App app, JobsApp real, WorkerPod pod) {
        try (RedisServer redis = RedisServer.plain();
                RedisClient client = RedisClient.create(redis.url());
                Producers demo = new Producers(client.connect(), new Tally());
                RunningWorker worker = real.startWorker(pod.withEnv(real.environmentFor(redis)))) {
            demo.send(new Wave(Duration.ZERO, app, queue(app), JOBS, Duration.ofMillis(20)));

            await(worker.log()).atMost(PATIENCE).until(() -> redis.count("done") == JOBS);
            assertEquals(0, demo.left());
        }
    }

    @ParameterizedTest
    @MethodSource("frameworks")
    void aWorkerOfTheDemosDoesTheJobsOfTheRealClient(App app, JobsApp real, WorkerPod pod) throws Exception {
        Tally tally = new Tally();
        try (RedisServer redis = RedisServer.plain();
                RedisClient client = RedisClient.create(redis.url());
                StatefulRedisConnection<String, String> look = client.connect();
                Producer producer = real.producer(redis)) {
            producer.send(Jobs.jobs(JOBS).inQueue(queue(app)));
            Worker worker = new Worker(app.wire(), app.worker(pod.name(), "0"), client::connect, tally);
            Thread thread = Thread.ofVirtual().start(worker::run);

            await().atMost(PATIENCE).until(() -> tally.figures().done() == JOBS);
            worker.leave();
            thread.join();
            assertEquals(0, look.sync().exists("processes"));
        }
    }

    private static String queue(App app) {
        return app.equals(App.SIDEKIQ) ? "default" : "mail";
    }
}
