package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.Sent;
import dev.workerpool.testing.operator.SizesSeen;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;

/** One pool from nothing to work and back to nothing: it sleeps at 0, is woken by jobs, does them all, and sleeps again. */
record PoolStory(String name, JobsApp app, RedisServer redis, KubernetesClient client, String namespace) {
    // At most half of the pods go in a minute, so that four need more than two minutes to sleep.
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int JOBS = 60;

    void happens() {
        happens(() -> {});
    }

    /**
     * A person can read what happened from what this prints.
     *
     * @param allDone what is to be looked at while all workers are still there
     */
    void happens(Runnable allDone) {
        try (SizesSeen sizes = new SizesSeen(client, namespace, name);
                Producer producer = app.producer(redis)) {
            await(name + " asleep").atMost(PATIENCE).until(() -> !sizes.all().isEmpty());
            assertEquals(0, sizes.all().getLast().replicas(), "nothing is waiting yet");
            Sent sent = producer.send(Jobs.jobs(JOBS)
                    .lasting(Duration.ofMillis(500))
                    .inQueue(name)
                    .countedUnder(name + "-done"));
            await(name + " done").atMost(PATIENCE).until(() -> done() >= sent.count());
            Instant doneAt = Instant.now();
            allDone.run();
            await(name + " back at 0").atMost(PATIENCE).until(() -> sizes.isBackAtZero() && pods() == 0);

            assertEquals(sent.count(), done(), "each job is done once");
            assertTrue(largest(sizes) > 1, () -> "60 jobs need more than one pod: " + sizes.all());
            System.out.printf(
                    "%s: %d enqueued, %d done; sizes %s; first size %d ms after the first job, all done %.1f s,"
                            + " at 0 after %.1f s%n",
                    name,
                    sent.count(),
                    done(),
                    sizes.all().stream().map(SizesSeen.Seen::replicas).toList(),
                    Duration.between(sent.began(), sizes.all().get(1).at()).toMillis(),
                    seconds(sent.began(), doneAt),
                    seconds(sent.began(), sizes.all().getLast().at()));
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static int largest(SizesSeen sizes) {
        return sizes.all().stream().mapToInt(SizesSeen.Seen::replicas).max().orElse(0);
    }

    private long done() {
        return redis.count(name + "-done");
    }

    private int pods() {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("workerpool.dev/pool", name)
                .list()
                .getItems()
                .size();
    }
}
