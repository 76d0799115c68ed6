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
        Leaf shortLived = CA.leafFor(Duration.ofDays(5));
        Leaf renewed = CA.leafFor(Duration.ofDays(60));
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (RedisServer redis =
                        RedisServer.start(RedisOptions.tls(CA, shortLived).withUser("jobs", "s3cret"));
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
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
            pools.awaitCondition("mail", "ScalingActive", is -> is.getStatus().equals("True"), PATIENCE);

            redis.present(renewed);
            redis.cli("CLIENT", "KILL", "TYPE", "normal");

            awaitEnd(pools, renewed);
            assertEquals(metric(namespace, renewed), metric(operator));
            assertTrue(pools.brokerCondition("jobs", "Ready")
                    .filter(is -> is.getStatus().equals("True"))
                    .isPresent());
        }
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
        return "{broker=\"jobs\",namespace=\"%s\"} %s"
                .formatted(namespace, (double) end(leaf).getEpochSecond());
    }

    private static String metric(PackagedOperator operator) {
        String name = "workerpool_broker_certificate_expiry_timestamp_seconds";
        return operator.metrics()
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElse("");
    }

    private static X509Certificate read(String pem) {
        return Certificates.parse(pem).certificates().getFirst();
    }
}
