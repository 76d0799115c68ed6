package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.api.WorkerPoolStatus.Replaced;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.PodRun;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers run, jobs wait, and nothing happens: real workers that serve another queue, or hang. */
@RealControlPlane
@Tag("long")
class StuckIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String REPLACE = "onStuck: Replace";

    /** Where it happens. */
    private record Place(ControlPlane cluster, TestNamespace namespace, RedisServer redis, ProcessNode node) {
        Pools pools() {
            return new Pools(cluster.admin(), namespace.name());
        }

        void runs(APool pool, JobsApp app, String... arguments) {
            String args = arguments.length == 0
                    ? ""
                    : "        args: [%s]%n"
                            .formatted(List.of(arguments).stream()
                                    .map(word -> '"' + word + '"')
                                    .collect(Collectors.joining(", ")));
            cluster.apply(namespace, Manifests.ofProcesses(pool, app) + args).succeeded();
        }

        void enqueue(JobsApp app, String queue, int jobs) {
            try (Producer producer = app.producer(redis)) {
                producer.send(Jobs.jobs(jobs).inQueue(queue).countedUnder(queue + "-done"));
            }
        }

        void awaitReply(String reply, String... command) {
            await(String.join(" ", command))
                    .atMost(PATIENCE)
                    .until(() -> redis.cli(command).strip().equals(reply));
        }

        /** Status and reason of QueuesConsumed. */
        void awaitConsumed(String pool, String status, String reason) {
            pools().awaitCondition(
                            pool,
                            "QueuesConsumed",
                            is -> is.getStatus().equals(status)
                                    && is.getReason().equals(reason),
                            PATIENCE);
        }

        List<Replaced> replaced(String pool) {
            return Objects.requireNonNullElse(
                    Objects.requireNonNull(pools().pool(pool).getStatus()).replaced(), List.of());
        }

        List<String> warnings(String pool) {
            return pools().events("WorkerPool", pool).stream()
                    .filter(event -> event.startsWith("Warning Not"))
                    .toList();
        }
    }

    @Test
    void workers_that_were_started_with_another_queue_are_found_out(ControlPlane cluster, TestNamespace namespace) {
        happens(cluster, namespace, place -> {
            SidekiqApp sidekiq = new SidekiqApp();
            CeleryApp celery = new CeleryApp();
            place.runs(Manifests.sidekiq(watched("images", 1).with(REPLACE)), sidekiq, "-q", "image");
            place.runs(Manifests.celery(watched("mail", 1).with(REPLACE)), celery, "-Q", "mails");
            // A worker that still loads its application would be taken for one that hangs.
            place.awaitReply("1", "SCARD", "processes");
            place.awaitReply("1", "EXISTS", "_kombu.binding.mails");
            place.enqueue(sidekiq, "images", 3);
            place.enqueue(celery, "mail", 3);

            place.awaitConsumed("images", "False", "NotServed");
            String says = place.pools()
                    .condition("images", "QueuesConsumed")
                    .orElseThrow()
                    .getMessage();
            assertTrue(says.contains("from queue images since"), says);
            assertTrue(says.contains("the workers serve image. "), says);
            assertEquals(
                    "True",
                    place.pools().condition("images", "Ready").orElseThrow().getStatus());

            place.awaitConsumed("mail", "False", "NotConsumed");
            assertTrue(place.pools()
                    .condition("mail", "QueuesConsumed")
                    .orElseThrow()
                    .getMessage()
                    .contains("from queue mail since"));
            // Nobody knows of Celery's which queues they serve: one is replaced, and then another, later.
            await("two are replaced")
                    .atMost(PATIENCE)
                    .until(() -> place.replaced("mail").size() == 2);
            List<Replaced> two = place.replaced("mail");
            assertTrue(
                    Duration.between(
                                            Instant.parse(two.getFirst().time()),
                                            Instant.parse(two.getLast().time()))
                                    .toSeconds()
                            >= 20,
                    two::toString);
            await("both have gone")
                    .atMost(PATIENCE)
                    .until(() -> place.node().runs("mail-").size() == 3);
            assertEquals(
                    1,
                    place.warnings("mail").size(),
                    () -> place.warnings("mail").toString());
            assertEquals(
                    1,
                    place.warnings("images").size(),
                    () -> place.warnings("images").toString());
            assertNull(
                    Objects.requireNonNull(place.pools().pool("images").getStatus())
                            .replaced(),
                    "another one would serve the same queues");
            System.out.printf(
                    "mail: %s replaced, %d pods in all%n",
                    two, place.node().runs("mail-").size());
        });
    }

    @Test
    void of_workers_that_hang_one_is_replaced_and_its_successor_does_the_jobs(
            ControlPlane cluster, TestNamespace namespace) {
        happens(cluster, namespace, place -> {
            SidekiqApp sidekiq = new SidekiqApp();
            place.runs(Manifests.sidekiq(watched("slides", 2).with(REPLACE)), sidekiq);
            place.enqueue(sidekiq, "slides", 4);
            await("all work").atMost(PATIENCE).until(() -> place.redis().count("slides-done") == 4);
            place.pools().awaitCondition("slides", "Ready", ready -> "True".equals(ready.getStatus()), PATIENCE);

            List<PodRun> hanging = place.node().runs("slides-");
            assertEquals(2, hanging.size());
            hanging.forEach(PodRun::hang);
            // Until their last requests have timed out, the server would hand them jobs all the same.
            await("nobody waits for a job")
                    .atMost(PATIENCE)
                    .until(() -> place.redis().cli("INFO", "clients").contains("blocked_clients:0"));
            place.enqueue(sidekiq, "slides", 3);
            Instant began = Instant.now();
            place.pools().awaitCondition("slides", "QueuesConsumed", is -> "False".equals(is.getStatus()), PATIENCE);
            long found = Duration.between(began, Instant.now()).toSeconds();

            await("all is done").atMost(PATIENCE).until(() -> place.redis().count("slides-done") == 7);
            place.awaitConsumed("slides", "True", "NothingWaiting");
            assertEquals(
                    1,
                    place.replaced("slides").size(),
                    () -> place.replaced("slides").toString());
            assertEquals(3, place.node().runs("slides-").size(), "two that hung, and one successor");
            System.out.printf(
                    "slides: found after %d s, %s replaced, all done after %d s%n",
                    found,
                    place.replaced("slides"),
                    Duration.between(began, Instant.now()).toSeconds());
        });
    }

    /** Of a fixed size, looked at after ten seconds, the shortest time there is. */
    private static APool watched(String name, int size) {
        return APool.named(name).withConcurrency(2).with("drainTimeout: 10s", "stuckAfter: 10s", "replicas: " + size);
    }

    private static void happens(ControlPlane cluster, TestNamespace namespace, Consumer<Place> story) {
        try (RedisServer redis = RedisServer.plain();
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            try {
                Place place = new Place(cluster, namespace, redis, node);
                place.pools().createBroker(redis);
                story.accept(place);
            } catch (RuntimeException | AssertionError e) {
                String logs = node.runs("").stream()
                        .map(run -> run.podName() + ":\n" + run.log())
                        .collect(Collectors.joining("\n"));
                String status = cluster.kubectl("get", "-n", namespace.name(), "wp,pods,events", "-o", "wide")
                        .out();
                fail(e.getMessage() + "\n" + status + logs + operator.log(), e);
            }
        }
    }
}
