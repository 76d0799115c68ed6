package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.ClientStatus;
import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RqApp;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.PodRun;
import dev.workerpool.testing.kubelet.ProcessNode;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Web apps that enqueue get the workers' connection: verified, whatever their code says, and kept current. */
@RealControlPlane
class ProducersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PASSWORD = "s3cret-of-jobs";
    private static final String NEXT = "the-n3xt-secret";
    private static final Pattern AUTHORITY =
            Pattern.compile("self.signed|unable to (get|verify)|SELF_SIGNED|UNABLE_TO", Pattern.CASE_INSENSITIVE);

    /** They hard-code that nothing is verified, as the advice everywhere is. */
    private static final Map<String, Web> CARELESS = Map.of(
            "celery", new Web("celery", CeleryApp.verifyingNothing(), "celery"),
            "rq", new Web("rq", RqApp.verifyingNothing(), "rq:queue:rq"),
            "sidekiq", new Web("sidekiq", SidekiqApp.verifyingNothing(), "queue:sidekiq"),
            "bullmq", new Web("bullmq", BullMqApp.bullMq().verifyingNothing(), "bull:bullmq:wait"));

    /** They say nothing of verification, and have variables and no files. */
    private static final List<Web> OF_VARIABLES = List.of(
            new Web("by-env", new CeleryApp(), "by-env"), new Web("rq-by-env", new RqApp(), "rq:queue:rq-by-env"));

    /** Its language takes an authority from a file alone. */
    private static final Web OUT_OF_REACH = new Web("rb-by-env", new SidekiqApp(), "queue:rb-by-env");

    @Test
    void web_apps_enqueue_verified_and_are_waited_for_by_name(ControlPlane cluster, TestNamespace namespace) {
        PrivateCa ca = PrivateCa.create();
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(ca).withUser("jobs", PASSWORD));
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            Pools pools = new Pools(cluster.admin(), namespace.name());
            try {
                strangersSecretIsLeftAlone(cluster, namespace, redis, pools);
                enqueue(cluster, namespace, redis, node);
                aNewPasswordIsWaitedFor(cluster, namespace, redis, pools);
                anImpostorIsRefused(redis, node);
            } catch (RuntimeException | AssertionError e) {
                fail(pools.broker("jobs").getStatus() + logs(node) + operator.log(), e);
            }
            assertFalse(operator.log().contains(PASSWORD) || operator.log().contains(NEXT));
        }
    }

    private static void strangersSecretIsLeftAlone(
            ControlPlane cluster, TestNamespace namespace, RedisServer redis, Pools pools) {
        cluster.apply(namespace, """
                apiVersion: v1
                kind: Secret
                metadata: {name: jobs-web-env}
                stringData: {theirs: data}
                """).succeeded();
        cluster.apply(namespace, Manifests.broker(redis, "jobs", PASSWORD) + "  clients: [{name: web}]\n")
                .succeeded();
        pools.awaitBroker("jobs", "ClientsReady", is -> is.getReason().equals("NameConflict"), PATIENCE);
        pools.awaitBroker("jobs", "Ready", is -> is.getStatus().equals("True"), PATIENCE);
        assertEquals(
                List.of("theirs"),
                List.copyOf(secret(pools, "jobs-web-env").getData().keySet()));
        assertEquals(redis.url(), text(pools, "jobs-web", "uri"), "the other one is as it should be");
        pools.client().resource(secret(pools, "jobs-web-env")).delete();
        pools.awaitBroker("jobs", "ClientsReady", is -> is.getReason().equals("Current"), PATIENCE);
    }

    private static void enqueue(ControlPlane cluster, TestNamespace namespace, RedisServer redis, ProcessNode node) {
        CARELESS.forEach((component, web) -> web.deployWith(component, cluster, namespace));
        OF_VARIABLES.forEach(web -> web.deployWithVariables(cluster, namespace));
        OUT_OF_REACH.deployWithVariables(cluster, namespace);
        verified()
                .forEach(web -> await(web.name() + " enqueues").atMost(PATIENCE).until(() -> waiting(redis, web) > 1));
        await("refused by whom it cannot verify").atMost(PATIENCE).until(() -> refuses(node, OUT_OF_REACH));
        assertEquals(0, waiting(redis, OUT_OF_REACH));
    }

    private static void aNewPasswordIsWaitedFor(
            ControlPlane cluster, TestNamespace namespace, RedisServer redis, Pools pools) {
        Secret before = secret(pools, "jobs-web");
        redis.cli("ACL", "SETUSER", "jobs", ">" + NEXT);
        cluster.apply(namespace, """
                apiVersion: v1
                kind: Secret
                metadata: {name: jobs-auth}
                stringData: {username: jobs, password: %s}
                """.formatted(NEXT)).succeeded();
        List<String> all = Stream.concat(verified(), Stream.of(OUT_OF_REACH))
                .map(web -> "Deployment/" + web.name())
                .sorted()
                .toList();
        await("who is waited for")
                .atMost(PATIENCE)
                .until(() -> client(pools)
                        .filter(web -> !web.current() && all.equals(web.waitingFor()))
                        .isPresent());
        assertEquals(NEXT, text(pools, "jobs-web", "password"));
        assertTrue(text(pools, "jobs-web-env", "CELERY_BROKER_URL").contains(NEXT));
        assertEquals(
                before.getMetadata().getUid(),
                secret(pools, "jobs-web").getMetadata().getUid(),
                "in place");
        pools.awaitBroker("jobs", "ClientsReady", is -> is.getReason().equals("FormerInUse"), PATIENCE);

        cluster.kubectl("-n", namespace.name(), "rollout", "restart", "deployment")
                .succeeded();
        pools.awaitBroker("jobs", "ClientsReady", is -> is.getReason().equals("Current"), PATIENCE);
        Map<Web, Long> now = waiting(redis);
        verified()
                .forEach(web -> await(web.name() + " goes on")
                        .atMost(PATIENCE)
                        .until(() -> waiting(redis, web) > now.getOrDefault(web, 0L)));
    }

    /** It has the right name, and its authority is another. */
    private static void anImpostorIsRefused(RedisServer redis, ProcessNode node) {
        redis.present(PrivateCa.create().leaf());
        redis.cli("CLIENT", "KILL", "TYPE", "normal");
        verified()
                .forEach(web ->
                        await(web.name() + " refuses it").atMost(PATIENCE).until(() -> refuses(node, web)));
        redis.cli("CLIENT", "KILL", "TYPE", "normal");
        Map<Web, Long> now = waiting(redis);
        await().during(Duration.ofSeconds(3)).until(() -> waiting(redis).equals(now));
    }

    private static Stream<Web> verified() {
        return Stream.concat(CARELESS.values().stream(), OF_VARIABLES.stream());
    }

    private static Map<Web, Long> waiting(RedisServer redis) {
        return verified().collect(Collectors.toMap(Function.identity(), web -> waiting(redis, web)));
    }

    private static long waiting(RedisServer redis, Web web) {
        return Long.parseLong(redis.cli("LLEN", web.list()));
    }

    private static boolean refuses(ProcessNode node, Web web) {
        return node.runs(web.name() + "-").stream()
                .anyMatch(run -> AUTHORITY.matcher(run.log()).find());
    }

    private static Optional<ClientStatus> client(Pools pools) {
        return Optional.ofNullable(pools.broker("jobs").getStatus()).map(BrokerStatus::clients).stream()
                .flatMap(List::stream)
                .findFirst();
    }

    private static Secret secret(Pools pools, String name) {
        return pools.client()
                .secrets()
                .inNamespace(pools.namespace())
                .withName(name)
                .require();
    }

    private static String text(Pools pools, String name, String key) {
        return new String(
                Base64.getDecoder().decode(secret(pools, name).getData().getOrDefault(key, "")),
                StandardCharsets.UTF_8);
    }

    private static String logs(ProcessNode node) {
        return node.runs("").stream()
                .map(run -> "\n" + run.podName() + ":\n" + tail(run))
                .collect(Collectors.joining());
    }

    private static String tail(PodRun run) {
        return run.log().substring(Math.max(0, run.log().length() - 2000));
    }
}
