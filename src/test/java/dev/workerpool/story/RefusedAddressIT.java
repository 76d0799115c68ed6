package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.Listener;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SentinelServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.ChartAccount;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator as it is installed: loopback is no place for a broker, unless its installer says so, and only where he says. */
@RealControlPlane
class RefusedAddressIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CURE =
            "the operator does not connect there; whoever installed it can allow it by --allow-address %s/32 "
                    + "(in the chart: addresses.allow)";

    @Test
    void without_permission_loopback_is_refused_by_condition_and_event_and_nothing_is_tried(
            ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (Listener listener = Listener.at("127.0.0.1");
                PackagedOperator operator = operator(cluster, namespace)) {
            broker(pools, "jobs", "redis://localhost:" + listener.port());
            String message = "localhost is at 127.0.0.1, which is loopback: " + CURE.formatted("127.0.0.1");
            says(pools, "jobs", "Ready", "False AddressNotAllowed: " + message);
            says(pools, "jobs", "Reachable", "Unknown AddressNotAllowed: " + message);
            await().atMost(PATIENCE)
                    .until(() -> pools.events("Broker", "jobs").contains("Warning AddressNotAllowed: " + message));
            assertTrue(operator.isReady());
            assertEquals(0, listener.accepted());
        }
    }

    @Test
    void a_master_that_comes_to_be_at_a_refused_address_is_followed_no_longer_and_others_go_on(
            ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (RedisServer redis = RedisServer.plain();
                RedisServer other = RedisServer.plain();
                SentinelServer sentinel = SentinelServer.watching(redis, RedisOptions.plain(), "127.0.0.1", 1);
                PackagedOperator operator = operator(cluster, namespace, "--allow-address=127.0.0.1")) {
            broker(pools, "steady", "redis://127.0.0.1:" + other.port());
            broker(
                    pools,
                    "moving",
                    "redis://redis.test:6379",
                    "redis: {topology: Sentinel, sentinel: {masterName: %s, addresses: ['127.0.0.1:%d']}}"
                            .formatted(SentinelServer.MASTER, sentinel.port()));
            for (String name : List.of("steady", "moving")) {
                pools.apply(APool.named(name)
                        .of(name)
                        .with("scaling: {minReplicas: 0, maxReplicas: 9, target: {backlogPerWorker: 1}}")
                        .withWorkers()
                        .yaml());
            }
            redis.cli("RPUSH", "jobs:moving", "a", "b");
            other.cli("RPUSH", "jobs:steady", "a");
            pools.awaitReplicas("moving", 2, PATIENCE);
            pools.awaitReplicas("steady", 1, PATIENCE);

            watch(sentinel, "127.0.0.3", redis);
            redis.cli("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            says(
                    pools,
                    "moving",
                    "Ready",
                    "False Unavailable: 127.0.0.3, which is loopback: " + CURE.formatted("127.0.0.3"));
            other.cli("RPUSH", "jobs:steady", "b", "c");
            pools.awaitReplicas("steady", 3, PATIENCE);
            assertEquals(2, pools.replicas("moving"));
            assertTrue(pools.brokerCondition("steady", "Ready")
                    .filter(ready -> "True".equals(ready.getStatus()))
                    .isPresent());

            watch(sentinel, "127.0.0.1", redis);
            pools.awaitBroker("moving", "Ready", ready -> "True".equals(ready.getStatus()), PATIENCE);
            redis.cli("RPUSH", "jobs:moving", "c");
            pools.awaitReplicas("moving", 3, PATIENCE);
            assertTrue(operator.isReady());
        }
    }

    /** From now on the sentinel says that the master is there. */
    private static void watch(SentinelServer sentinel, String address, RedisServer redis) {
        sentinel.cli("SENTINEL", "REMOVE", SentinelServer.MASTER);
        sentinel.cli("SENTINEL", "MONITOR", SentinelServer.MASTER, address, Integer.toString(redis.port()), "1");
    }

    private static PackagedOperator operator(ControlPlane cluster, TestNamespace namespace, String... options) {
        List<String> all = new ArrayList<>(List.of("--namespace=" + namespace, "--lease-namespace=" + namespace));
        all.addAll(List.of(options));
        return PackagedOperator.startGuarded(
                ChartAccount.namespaced(cluster, namespace.name()).kubeconfig(), all.toArray(String[]::new));
    }

    private static void broker(Pools pools, String name, String url, String... specLines) {
        pools.create("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: %s}
                spec:
                  url: {value: "%s"}
                  %s
                """.formatted(name, url, String.join("\n  ", specLines)));
    }

    private static void says(Pools pools, String broker, String type, String words) {
        pools.awaitBroker(
                broker,
                type,
                it -> words.equals("%s %s: %s".formatted(it.getStatus(), it.getReason(), it.getMessage())),
                PATIENCE);
    }
}
