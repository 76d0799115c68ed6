package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.testing.builders.WrittenBroker;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Leaf;
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
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A Redis that lets nobody in without a client certificate: the Broker's is brought in a Secret, proven, and presented by real workers. */
@RealControlPlane
class ClientCertificateStoryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int JOBS = 10;
    private static final PrivateCa CA = PrivateCa.create();
    private static final PrivateCa OTHER = PrivateCa.create();

    @Test
    void workers_present_what_was_proven_and_a_replacement_only_once_the_server_takes_it(
            ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA).withClientCertificatesRequired());
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            enqueue(redis);
            try {
                happens(cluster, namespace, pools, redis);
            } catch (RuntimeException | AssertionError e) {
                fail(logs(node) + operator.log(), e);
            }
            assertFalse(operator.log().contains("PRIVATE KEY"), "no key in the log");
        }
    }

    private static void happens(ControlPlane cluster, TestNamespace namespace, Pools pools, RedisServer redis) {
        pools.apply(WrittenBroker.withoutCredentials(redis).yaml());
        awaitReady(pools, "ClientCertificateRequired");
        String why = pools.brokerCondition("jobs", "Ready").orElseThrow().getMessage();
        assertTrue(why.contains("clientCertificates: {secretRef: {name: "), why);

        Leaf first = CA.client("shop");
        put(pools, first);
        pools.apply(WrittenBroker.withoutCredentials(redis)
                .withTls("clientCertificates: {secretRef: {name: jobs-client}}")
                .yaml());
        awaitReady(pools, "Connected");
        String proven = identity(pools).orElseThrow();
        cluster.apply(
                        namespace,
                        Manifests.ofProcesses(Manifests.sidekiq(Manifests.sleeper("mail", 1)), new SidekiqApp()))
                .succeeded();
        await("the jobs, done").atMost(PATIENCE).until(() -> redis.count("mail-done") == JOBS);
        assertEquals(Optional.of(proven), mounted(pools));

        put(pools, OTHER.client("shop"));
        awaitReady(pools, "ClientCertificateRefused");
        put(pools, new Leaf(first.certificatePem(), CA.client("shop").keyPem()));
        awaitReady(pools, "ClientKeyMismatch");
        assertEquals(Optional.of(proven), identity(pools));
        assertEquals(Optional.of(proven), mounted(pools), "what was proven stays");

        put(pools, CA.client("shop"));
        awaitReady(pools, "Connected");
        String renewed = identity(pools).orElseThrow();
        assertNotEquals(proven, renewed);
        await("rolled to the new one")
                .atMost(PATIENCE)
                .until(() -> mounted(pools).equals(Optional.of(renewed)));
    }

    /** By a producer that has no certificate, while the server asks for none. */
    private static void enqueue(RedisServer redis) {
        redis.cli("CONFIG", "SET", "tls-auth-clients", "no");
        try (Producer producer = new SidekiqApp().producer(redis)) {
            producer.send(Jobs.jobs(JOBS).inQueue("mail").countedUnder("mail-done"));
        }
        redis.cli("CONFIG", "SET", "tls-auth-clients", "yes");
    }

    private static void put(Pools pools, Leaf leaf) {
        pools.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(pools.namespace())
                        .withName("jobs-client")
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .withStringData(Map.of("tls.crt", leaf.certificatePem(), "tls.key", leaf.keyPem()))
                        .build())
                .serverSideApply();
    }

    private static void awaitReady(Pools pools, String reason) {
        pools.awaitBroker("jobs", "Ready", is -> is.getReason().equals(reason), PATIENCE);
    }

    private static Optional<String> identity(Pools pools) {
        return Optional.ofNullable(pools.broker("jobs").getStatus())
                .map(BrokerStatus::proven)
                .map(BrokerStatus.Proven::identitySecret);
    }

    private static Optional<String> mounted(Pools pools) {
        return pools.deployment("mail").orElseThrow().getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("workerpool-identity"))
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .map(SecretVolumeSource::getSecretName)
                .findFirst();
    }

    private static String logs(ProcessNode node) {
        return node.runs("").stream().map(PodRun::log).collect(Collectors.joining("\n"));
    }
}
