package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.Certificate;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What vouches for a broker, and until when, is told; and told anew once the server presents something else. */
@RealControlPlane
class CertificateIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final PrivateCa CA = PrivateCa.create();

    @Test
    void the_end_of_a_certificate_is_in_status_and_metrics_and_follows_its_renewal(
            ControlPlane cluster, TestNamespace namespace) {
        Leaf shortLived = CA.leafFor(Duration.ofHours(5));
        Leaf renewed = CA.leafFor(Duration.ofDays(60));
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (PackagedOperator operator = Stage.operator(cluster, namespace);
                RedisServer redis =
                        RedisServer.start(RedisOptions.tls(CA, shortLived).withUser("jobs", "s3cret"))) {
            cluster.apply(namespace, Manifests.broker(redis, "jobs", "s3cret")).succeeded();
            cluster.apply(
                            namespace,
                            Manifests.sidekiq(Manifests.sleeper("mail", 2))
                                    .withWorkers()
                                    .yaml())
                    .succeeded();

            awaitEnd(pools, shortLived);
            List<Certificate> chain = chain(pools);
            assertEquals("CN=localhost", chain.getFirst().subject());
            assertEquals(Certificates.sha256(read(CA.pem())), chain.getLast().sha256(), "who vouches");
            assertEquals(metric(namespace, shortLived), metric(operator));
            awaitStage(pools, "CertificateExpires");
            pools.awaitCondition("mail", "ScalingActive", is -> is.getStatus().equals("True"), PATIENCE);

            redis.present(renewed);
            redis.cli("CLIENT", "KILL", "TYPE", "normal");

            awaitEnd(pools, renewed);
            awaitStage(pools, "Current");
            assertEquals(metric(namespace, renewed), metric(operator));
            assertTrue(pools.brokerCondition("jobs", "Ready")
                    .filter(is -> is.getStatus().equals("True"))
                    .isPresent());
        }
    }

    @Test
    void a_stage_that_comes_with_time_alone_is_told(ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (PackagedOperator operator = Stage.operator(cluster, namespace)) {
            // It began a day ago: so long after now a tenth of its life is left.
            Duration tenthIn = Duration.ofSeconds(30);
            Leaf ending = CA.leafFor(Duration.ofDays(1)
                    .dividedBy(10)
                    .plus(tenthIn)
                    .multipliedBy(10)
                    .dividedBy(9));
            try (RedisServer redis =
                    RedisServer.start(RedisOptions.tls(CA, ending).withUser("jobs", "s3cret"))) {
                cluster.apply(namespace, Manifests.broker(redis, "jobs", "s3cret"))
                        .succeeded();
                awaitStage(pools, "CertificateExpires");
                awaitStage(pools, "CertificateExpiresSoon");
                String told = String.join("\n", pools.events("Broker", "jobs"));
                assertTrue(told.contains("Warning CertificateExpires: "), told);
                assertTrue(told.contains("Warning CertificateExpiresSoon: CN=localhost in the server's chain"), told);
                assertTrue(operator.isReady());
            }
        }
    }

    private static void awaitStage(Pools pools, String reason) {
        pools.awaitBroker("jobs", "CertificatesCurrent", is -> is.getReason().equals(reason), PATIENCE);
    }

    private static void awaitEnd(Pools pools, Leaf leaf) {
        await("the chain with " + end(leaf))
                .atMost(PATIENCE)
                .until(() -> chain(pools).stream()
                        .anyMatch(certificate ->
                                certificate.notAfter().equals(end(leaf).toString())));
    }

    private static List<Certificate> chain(Pools pools) {
        return Optional.ofNullable(pools.broker("jobs").getStatus())
                .map(BrokerStatus::server)
                .map(BrokerStatus.Server::chain)
                .orElse(List.of());
    }

    private static Instant end(Leaf leaf) {
        return read(leaf.certificatePem()).getNotAfter().toInstant();
    }

    private static String metric(TestNamespace namespace, Leaf leaf) {
        return "{broker=\"jobs\",certificate=\"server\",namespace=\"%s\"} %s"
                .formatted(namespace, (double) end(leaf).getEpochSecond());
    }

    private static String metric(PackagedOperator operator) {
        String name = "workerpool_broker_certificate_expiry_timestamp_seconds";
        return operator.metrics()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains("certificate=\"server\""))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElse("");
    }

    private static X509Certificate read(String pem) {
        return Certificates.parse(pem).certificates().getFirst();
    }
}
