package dev.workerpool.chart;

import static dev.workerpool.chart.ChartValues.CHART;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kube.Tool;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chart and operator are upgraded while pools run: from an earlier chart by the real Helm, with each operator as the chart's account. */
@RealControlPlane
class UpgradeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String WITH_CREDENTIALS = """
            apiVersion: workerpool.dev/v1alpha1
            kind: Broker
            metadata: {name: later}
            spec: {url: {value: "redis://localhost:1/0"}, credentials: {secretRef: {name: none}}}
            """;

    private final RedisServer redis = RedisServer.plain();
    private ControlPlane cluster;
    private String namespace;
    private Pools pools;

    @BeforeEach
    void pools(ControlPlane controlPlane, TestNamespace fresh) {
        cluster = controlPlane;
        namespace = fresh.name();
        pools = new Pools(cluster.admin(), namespace);
    }

    @AfterEach
    void leaveTheNewestDefinitions() {
        redis.close();
        cluster.kubectl("apply", "--server-side", "--force-conflicts", "-f", "crds")
                .succeeded();
    }

    @Test
    void no_pod_restarts_and_nothing_is_lost_and_what_is_new_can_be_used(@TempDir Path folder) throws IOException {
        String older = OlderChart.without("credentials", folder).folder().toString();
        helm("install", older, "replicas=1");
        Standing standing;
        try (PackagedOperator operator = PackagedOperator.start(account(), options())) {
            standing = whatRuns();
            Tool.Result early = cluster.kubectlOn(WITH_CREDENTIALS, "create", "-n", namespace, "-f", "-");
            assertTrue(early.err().contains("unknown field \"spec.credentials\""), early::err);

            helm("upgrade", CHART, "replicas=2,logFormat=text,leaseDuration=30s,page.enabled=true,podLabels.team=ops");
            assertEquals(143, operator.stop());
        }
        try (PackagedOperator restarted = PackagedOperator.start(account(), options())) {
            awaitAllLookedAfter(restarted);
            assertEquals(standing, now());
        }
        try (PackagedOperator newer = PackagedOperator.startVersion("9.9.9", account(), options())) {
            awaitAllLookedAfter(newer);
            assertEquals(standing, now());

            cluster.kubectlOn(WITH_CREDENTIALS, "create", "-n", namespace, "-f", "-")
                    .succeeded();
            enqueue(2);
            pools.awaitReplicas("mail", 4, PATIENCE);
            await("four pods of mail and two of web")
                    .atMost(PATIENCE)
                    .until(() -> now().pods().size() == 6);
            assertTrue(now().pods().entrySet().containsAll(standing.pods().entrySet()), "those from before still run");
            assertEquals(standing.templates(), now().templates());
        }
        Standing grown = now();
        cluster.helm("uninstall", namespace, "--namespace=" + namespace, "--wait")
                .succeeded();
        assertEquals(grown, now(), "uninstalled: nobody looks after them, and they run on");
    }

    /** A pool of fixed size, and one that is scaled, all of whose pods run. */
    private Standing whatRuns() {
        pools.createBroker(redis);
        pools.create(APool.named("web").withWorkers().with("replicas: 2").yaml());
        pools.create(APool.named("mail")
                .withWorkers()
                .with("scaling: {minReplicas: 0, maxReplicas: 9, target: {backlogPerWorker: 1}}")
                .yaml());
        enqueue(2);
        Stream.of("web", "mail").forEach(pool -> {
            pools.awaitReplicas(pool, 2, PATIENCE);
            pools.awaitCondition(pool, "Ready", ready -> "True".equals(ready.getStatus()), PATIENCE);
        });
        Standing standing = now();
        assertEquals(4, standing.pods().size(), standing::toString);
        assertEquals(2, standing.templates().size(), standing::toString);
        assertEquals(3, standing.resources().size(), standing::toString);
        return standing;
    }

    private void enqueue(int jobs) {
        List<String> command = new ArrayList<>(List.of("RPUSH", "jobs:mail"));
        command.addAll(Stream.generate(() -> "job").limit(jobs).toList());
        redis.cli(command.toArray(String[]::new));
    }

    private Standing now() {
        return Standing.in(namespace, cluster.admin());
    }

    /** Its own metrics say of both pools that they are as decided: it has reconciled and measured them. */
    private static void awaitAllLookedAfter(PackagedOperator operator) {
        await("both pools")
                .atMost(PATIENCE)
                .until(() -> operator.metrics()
                                .lines()
                                .filter(line -> line.startsWith("workerpool_pool_condition{condition=\"Ready\""))
                                .filter(line -> line.endsWith(" 1.0"))
                                .count()
                        == 2);
    }

    private Path account() {
        return cluster.kubeconfigForServiceAccount(namespace, namespace);
    }

    private String[] options() {
        return new String[] {"--namespace=" + namespace, "--lease-namespace=" + namespace, "--lease-name=" + namespace};
    }

    private void helm(String verb, String chart, String set) {
        cluster.helm(
                        verb,
                        namespace,
                        chart,
                        "--namespace=" + namespace,
                        "--set=" + ChartValues.IMAGE + "," + set,
                        "--set=namespaces={" + namespace + "}",
                        // The tests' control plane has the CRDs already.
                        "--take-ownership",
                        "--wait",
                        "--timeout=90s")
                .succeeded();
    }
}
