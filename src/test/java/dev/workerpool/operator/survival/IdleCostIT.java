package dev.workerpool.operator.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a hundred pools cost the API server: while they converge, and while nothing happens. Its own audit log tells. */
@RealControlPlane
@Tag("long")
class IdleCostIT {
    private static final int POOLS = 100;

    /** One for each child, and three more; KEDA with its HPA: 15. */
    private static final int REQUESTS_A_POOL = 8;

    @Test
    void a_hundred_pools_converge_with_few_requests_and_then_cost_none(
            ControlPlane cluster, KubernetesClient client, TestNamespace namespace) throws Exception {
        String user = "operator-" + namespace;
        Fleets fleets = new Fleets(client, namespace.name());
        try (RedisServer redis = RedisServer.plain();
                PackagedOperator operator = PackagedOperator.start(
                        cluster.kubeconfigFor(user, "system:masters"),
                        "--namespace=" + namespace,
                        "--lease-namespace=" + namespace)) {
            fleets.broker(redis);
            AuditLog.Mark begun = cluster.auditLog().mark();
            for (int i = 0; i < POOLS; i++) {
                fleets.pool("pool-" + i, 1);
            }
            fleets.awaitReady(POOLS, Duration.ofMinutes(4));
            Thread.sleep(Duration.ofSeconds(70)); // JustStarted ends with the first full window, and is shown once
            Map<String, Long> converged = requests(cluster, begun, user);
            print("to converge, " + POOLS + " pools", converged);

            AuditLog.Mark idle = cluster.auditLog().mark();
            Thread.sleep(Duration.ofSeconds(60));
            List<AuditEntry> writes = cluster.auditLog().since(idle).stream()
                    .filter(entry -> entry.user().equals(user) && entry.isWrite())
                    .filter(entry -> !"leases".equals(entry.target().resource()))
                    .toList();
            print("idle for 60 s, " + POOLS + " pools", requests(cluster, idle, user));
            System.out.println("redis: "
                    + redis.cli("INFO", "clients")
                            .lines()
                            .filter(line -> line.startsWith("connected_clients"))
                            .findFirst()
                            .orElse(""));
            assertEquals(List.of(), writes, "writes of an idle operator");
            assertTrue(operator.isReady());
            long all = converged.values().stream().mapToLong(Long::longValue).sum();
            assertTrue(all <= (long) POOLS * REQUESTS_A_POOL, "requests to converge: " + converged);
        }
    }

    private static Map<String, Long> requests(ControlPlane cluster, AuditLog.Mark since, String user) {
        return cluster.auditLog().since(since).stream()
                .filter(entry -> entry.user().equals(user)
                        && !"leases".equals(entry.target().resource()))
                .collect(Collectors.groupingBy(
                        entry -> entry.verb() + " " + entry.target().resource()
                                + (entry.target().subresource().isEmpty()
                                        ? ""
                                        : "/" + entry.target().subresource()),
                        TreeMap::new,
                        Collectors.counting()));
    }

    private static void print(String what, Map<String, Long> requests) {
        System.out.println("=== API requests " + what + ": " + requests);
    }
}
