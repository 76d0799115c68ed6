package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RqApp;
import dev.workerpool.testing.jobs.Sent;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kubelet.PodRun;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.SizesSeen;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;

/** One pool that sleeps, wakes for jobs that fall due, has its worker killed, does what is left, and sleeps again. */
record DueJobsStory(Played played, KubernetesClient client, String namespace, RedisServer redis, ProcessNode node) {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration LATER = Duration.ofSeconds(40);

    /** What is assumed of a worker's start until one was seen to. */
    private static final Duration AHEAD = Duration.ofSeconds(20);

    /** A pool and what its pods run. */
    record Played(APool pool, JobsApp app) {}

    void happens() {
        try (SizesSeen sizes = new SizesSeen(client, namespace, name());
                Producer producer = played.app().producer(redis)) {
            await(name() + " asleep").atMost(PATIENCE).until(() -> !sizes.all().isEmpty());
            Jobs jobs = Jobs.jobs(3).inQueue(name()).countedUnder(name() + "-done");
            Sent due = producer.send(jobs.after(LATER));
            await(name() + " awake").atMost(PATIENCE).until(() -> sizes.all().size() > 1);
            Duration early =
                    Duration.between(sizes.all().get(1).at(), due.began().plus(LATER));
            assertTrue(early.compareTo(AHEAD.plusSeconds(1)) < 0, () -> name() + " woke too early: " + early);
            assertTrue(early.isPositive(), () -> name() + " woke too late: " + early);
            await(name() + " has done them").atMost(PATIENCE).until(() -> done() == 3);
            Duration late = Duration.between(due.began().plus(LATER), Instant.now());

            int sent = 3 + producer.send(jobs).count();
            sent += producer.send(jobs.doneAtTheSecondTry()).count();
            int done = sent;
            await(name() + " has done all but what is killed").atMost(PATIENCE).until(() -> done() == done);
            sent += killed(producer);
            await(name() + " back at 0").atMost(PATIENCE).until(sizes::isBackAtZero);
            tell(sizes, sent, early, late);
            nothingIsLeft(producer);
        }
    }

    /** One worker is killed that holds a job; Celery's holds one that it acknowledges when it is done, and one that it did at once. */
    private int killed(Producer producer) {
        Jobs one = Jobs.jobs(1).inQueue(name()).countedUnder(name() + "-done").lasting(Duration.ofSeconds(12));
        int sent = producer.send(one).count();
        if (played.app() instanceof CeleryApp) {
            sent += producer.send(one.acknowledgedWhenDone()).count();
        }
        PodRun run = await(name() + " runs it")
                .pollDelay(Duration.ofSeconds(4))
                .atMost(PATIENCE)
                .until(
                        () -> node.runs(name() + "-").stream()
                                .filter(PodRun::isAlive)
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
        run.kill();
        client.pods()
                .inNamespace(namespace)
                .withName(run.podName())
                .withGracePeriod(0)
                .delete();
        return sent;
    }

    /**
     * What its framework loses by its own word: Sidekiq without super_fetch, and Celery with early acknowledgement, a job that runs in
     * a worker that is killed; RQ notes it as failed where it has no retries.
     */
    private long promisedLost(Producer producer) {
        return switch (played.app()) {
            case CeleryApp celery -> 1;
            case SidekiqApp sidekiq -> 1;
            case RqApp rq -> producer.inspect(name()).failed();
            default -> 0;
        };
    }

    private void tell(SizesSeen sizes, int sent, Duration early, Duration late) {
        try (Producer producer = played.app().producer(redis)) {
            long done = done();
            long lost = Math.min(promisedLost(producer), sent - done);
            System.out.printf(
                    "%s: %d jobs sent, %d done, %d lost by the framework's own word when their worker was killed, %d stranded; sizes %s;"
                            + " woken %d ms before the first was due, all three of them done after %d ms%n",
                    name(),
                    sent,
                    done,
                    lost,
                    sent - done - lost,
                    sizes.all().stream().map(SizesSeen.Seen::replicas).toList(),
                    early.toMillis(),
                    late.toMillis());
            assertEquals(0, sent - done - lost, name() + ": stranded");
        }
    }

    private void nothingIsLeft(Producer producer) {
        switch (played.app()) {
            case CeleryApp celery -> absent(name(), "unacked");
            case SidekiqApp sidekiq -> absent("queue:" + name(), "schedule", "retry");
            default -> {
                var left = producer.inspect(name());
                assertEquals(0, left.waiting() + left.due() + left.running(), left::toString);
            }
        }
    }

    private void absent(String... keys) {
        for (String key : keys) {
            assertEquals("0", redis.cli("EXISTS", key).strip(), key);
        }
    }

    private String name() {
        return played.pool().name();
    }

    private long done() {
        return redis.count(name() + "-done");
    }
}
