package dev.workerpool.testing.jobs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobAppsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    static Stream<Arguments> apps() {
        return Stream.of(
                Arguments.of(new CeleryApp(), WorkerPod.named("mail-0").withArgs("-Q", "mail", "-c", "4")),
                Arguments.of(new SidekiqApp(), WorkerPod.named("mail-0").withArgs("-q", "mail", "-c", "4")),
                Arguments.of(new RqApp(), WorkerPod.named("mail-0").withArgs("mail")),
                Arguments.of(BullMqApp.bullMq(), WorkerPod.named("mail-0").withArgs("mail")),
                Arguments.of(BullMqApp.bull(), WorkerPod.named("mail-0").withArgs("mail")));
    }

    @ParameterizedTest
    @MethodSource("apps")
    void jobsSentOverVerifiedTlsAreAllDone(JobsApp app, WorkerPod pod) {
        RedisOptions options = RedisOptions.tls(PrivateCa.create()).withUser("jobs", "s3cret");
        try (RedisServer redis = RedisServer.start(options);
                Producer producer = app.producer(redis);
                RunningWorker worker = app.startWorker(pod.withEnv(app.environmentFor(redis)))) {
            Sent sent = producer.send(Jobs.jobs(200).inQueue("mail").countedUnder("mailed"));

            await().atMost(PATIENCE).until(() -> redis.count("mailed") == sent.count());
            assertTrue(worker.terminate(PATIENCE), worker::log);
            assertEquals(200, redis.count("mailed"));
        }
    }

    @ParameterizedTest
    @MethodSource("apps")
    void aServerOfAnotherNameOrAnotherAuthorityOrAnotherTimeIsRefused(JobsApp app) {
        PrivateCa ca = PrivateCa.create();
        Stream.of(ca.leafOfAnotherName(), PrivateCa.create().leaf(), ca.expiredLeaf())
                .parallel()
                .forEach(wrong -> isRefused(app, ca, wrong));
    }

    private static void isRefused(JobsApp app, PrivateCa ca, Leaf wrong) {
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(ca))) {
            try (Producer producer = app.producer(redis)) {
                assertEquals(1, producer.send(Jobs.jobs(1)).count());
            }
            redis.present(wrong);
            try (Producer producer = app.producer(redis)) {
                ProducerRefused refused = assertThrows(ProducerRefused.class, () -> producer.send(Jobs.jobs(1)));
                String error = String.valueOf(refused.getMessage());
                assertTrue(error.contains("certificate"), error);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("apps")
    void jobsSurviveARestartOfTheirBroker(JobsApp app, WorkerPod pod) {
        try (RedisServer redis = RedisServer.start(RedisOptions.plain().withPassword("s3cret"))) {
            try (Producer producer = app.producer(redis)) {
                producer.send(Jobs.jobs(7).inQueue("mail"));
            }
            redis.restart();
            try (RunningWorker worker = app.startWorker(pod.withEnv(app.environmentFor(redis)))) {
                await().atMost(PATIENCE).until(() -> redis.count("done") == 7);
                assertTrue(worker.isAlive());
            }
        }
    }
}
