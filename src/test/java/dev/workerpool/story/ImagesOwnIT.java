package dev.workerpool.story;

import static dev.workerpool.testing.jobs.Jobs.jobs;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.PodRun;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images that have a cache, a company's roots, options and results of their own, and apps that hard-code no verification: their pods' real
 * commands, variables and files, as processes. What is theirs stays, what is the broker's is verified.
 */
@RealControlPlane
class ImagesOwnIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern AUTHORITY =
            Pattern.compile("self.signed|unable to (get|verify)|SELF_SIGNED|UNABLE_TO", Pattern.CASE_INSENSITIVE);
    private static final Map<String, JobsApp> CARELESS = Map.of(
            "sidekiq", SidekiqApp.verifyingNothing(),
            "celery", CeleryApp.verifyingNothing(),
            "bullmq", BullMqApp.bullMq().verifyingNothing());
    private static final Map<String, JobsApp> PRODUCERS =
            Map.of("sidekiq", new SidekiqApp(), "celery", new CeleryApp(), "bullmq", BullMqApp.bullMq());

    @TempDir
    private Path folder;

    @Test
    void what_is_theirs_stays_and_an_impostor_is_refused(ControlPlane cluster, TestNamespace namespace)
            throws IOException {
        Path roots = Files.writeString(
                folder.resolve("company.pem"), PrivateCa.create().pem());
        Path results = Files.createDirectory(folder.resolve("results"));
        try (RedisServer cache = RedisServer.plain();
                RedisServer redis =
                        RedisServer.start(RedisOptions.tls(PrivateCa.create()).withUser("jobs", "s3cret"));
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace, images(cache, roots, results));
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            Pools pools = new Pools(cluster.admin(), namespace.name());
            try {
                cluster.apply(namespace, Manifests.broker(redis, "jobs", "s3cret"))
                        .succeeded();
                Stream.of(sidekiq(), celery(), bullMq(), custom())
                        .forEach(pool -> cluster.apply(namespace, pool).succeeded());
                jobsAreDone(redis);
                itIsTold(pools);
                theirsIsTheirs(node, cache, roots, results);
                anImpostorIsRefused(redis, node);
                assertTrue(operator.isReady());
            } catch (RuntimeException | AssertionError e) {
                fail(node.runs("").stream().map(PodRun::log).toList() + operator.log(), e);
            }
        }
    }

    private static Map<String, Map<String, String>> images(RedisServer cache, Path roots, Path results) {
        return Map.of(
                "example.com/sidekiq:1",
                Map.of("REDIS_URL", cache.url(), "SSL_CERT_FILE", roots.toString(), "RUBYOPT", "-W0"),
                "example.com/celery:1",
                Map.of(
                        "RESULTS",
                        "file://" + results,
                        "SSL_CERT_FILE",
                        roots.toString(),
                        "PYTHONPATH",
                        results.toString()),
                "example.com/bullmq:1",
                Map.of("NODE_EXTRA_CA_CERTS", roots.toString(), "NODE_OPTIONS", "--max-old-space-size=200"));
    }

    private static String sidekiq() {
        return Manifests.ofProcesses(Manifests.sidekiq(APool.named("sidekiq")), careless("sidekiq"));
    }

    private static String celery() {
        return Manifests.ofProcesses(Manifests.celery(APool.named("celery")), careless("celery"));
    }

    private static String bullMq() {
        return Manifests.ofProcesses(APool.named("bullmq").ofFramework("framework: BullMQ"), careless("bullmq"));
    }

    private static String custom() {
        String python = new CeleryApp().workerCommand().getFirst();
        return APool.named("custom")
                .with("template:", "  spec:")
                .with(ProcessNode.PLACED_HERE.stream().map("    "::concat).toArray(String[]::new))
                .with(
                        "    containers:",
                        "    - name: worker",
                        "      image: example.com/custom:1",
                        "      workingDir: " + Path.of("src/test/apps/custom").toAbsolutePath(),
                        "      command: [" + python + ", worker.py]")
                .yaml();
    }

    private static void jobsAreDone(RedisServer redis) {
        PRODUCERS.forEach((name, app) -> {
            try (Producer producer = app.producer(redis)) {
                producer.send(jobs(3).inQueue(name).countedUnder("done:" + name));
            }
        });
        redis.cli("RPUSH", "jobs:custom", "done:custom", "done:custom", "done:custom");
        for (String name : List.of("sidekiq", "celery", "bullmq", "custom")) {
            await(name + "'s jobs").atMost(PATIENCE).until(() -> redis.count("done:" + name) == 3);
        }
    }

    private static void itIsTold(Pools pools) {
        CARELESS.keySet()
                .forEach(pool -> pools.awaitCondition(
                        pool, "ConnectionInjected", is -> is.getReason().equals("VerificationEnforced"), PATIENCE));
        pools.awaitCondition(
                "custom", "ConnectionInjected", is -> is.getReason().equals("WorkersUnverified"), PATIENCE);
    }

    private static void theirsIsTheirs(ProcessNode node, RedisServer cache, Path roots, Path results)
            throws IOException {
        Map<String, String> sidekiq = environment(node, "sidekiq");
        assertEquals(cache.url(), sidekiq.get("REDIS_URL"));
        assertEquals(roots.toString(), sidekiq.get("SSL_CERT_FILE"));
        assertTrue(text(sidekiq, "RUBYOPT").endsWith(" -W0"), sidekiq.get("RUBYOPT"));
        assertEquals("0", cache.cli("DBSIZE"), "the queues are at the broker");

        Map<String, String> celery = environment(node, "celery");
        assertEquals(roots.toString(), celery.get("SSL_CERT_FILE"));
        assertTrue(text(celery, "PYTHONPATH").endsWith(results.toString()), celery.get("PYTHONPATH"));
        assertFalse(celery.containsKey("CELERY_RESULT_BACKEND"));
        try (Stream<Path> files = Files.list(results)) {
            assertTrue(files.anyMatch(file -> file.toString().contains("celery-task-meta-")), "results stay theirs");
        }

        Map<String, String> bullMq = environment(node, "bullmq");
        assertEquals(roots.toString(), bullMq.get("NODE_EXTRA_CA_CERTS"));
        assertTrue(text(bullMq, "NODE_OPTIONS").contains("--max-old-space-size=200"), bullMq.get("NODE_OPTIONS"));
    }

    private static JobsApp careless(String pool) {
        return Objects.requireNonNull(CARELESS.get(pool));
    }

    private static String text(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "");
    }

    private static Map<String, String> environment(ProcessNode node, String pool) {
        return node.runs(pool + "-").getFirst().environment();
    }

    /** It takes over the port with the right name, and its authority is another. */
    private static void anImpostorIsRefused(RedisServer redis, ProcessNode node) {
        redis.present(PrivateCa.create().leaf());
        redis.cli("CLIENT", "KILL", "TYPE", "normal");
        for (String pool : List.of("sidekiq", "celery", "bullmq", "custom")) {
            await(pool + " refuses it")
                    .atMost(PATIENCE)
                    .until(() -> node.runs(pool + "-").stream()
                            .anyMatch(run -> AUTHORITY.matcher(run.log()).find()));
        }
        List<String> letIn = redis.cli("CLIENT", "LIST", "TYPE", "normal")
                .lines()
                .filter(client -> !client.contains("cmd=client") && !client.contains("cmd=NULL"))
                .toList();
        assertEquals(List.of(), letIn, "nobody has said a word to it");
    }
}
