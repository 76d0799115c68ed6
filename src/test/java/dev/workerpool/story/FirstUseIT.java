package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.Certificates;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server whose authority nobody gave is known by what it first presents; another is refused until a person takes it. */
@RealControlPlane
class FirstUseIT {
    private static final String LOGIN = """
            apiVersion: v1
            kind: Secret
            metadata: {name: jobs-auth}
            stringData: {username: jobs, password: s3cret}
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final PrivateCa CA = PrivateCa.create();
    private static final PrivateCa IMPOSTOR = PrivateCa.create();
    private static final PrivateCa ELSEWHERE = PrivateCa.create();

    @Test
    void what_is_first_presented_is_pinned_and_another_is_refused_until_a_person_takes_it(
            ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA).withUser("jobs", "s3cret"));
                RedisServer other =
                        RedisServer.start(RedisOptions.tls(ELSEWHERE).withUser("jobs", "s3cret"));
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            pools.apply(LOGIN);
            apply(pools, redis, "");
            isKnownBy(pools, redis, CA);
            assertTrue(events(pools).contains("Normal AuthorityPinned"), events(pools));
            assertTrue(pin(pools).require().getMetadata().getOwnerReferences().isEmpty(), "it outlives its Broker");

            String kept = pin(pools).require().getData().get("ca.crt");
            pin(pools).delete();
            await("the pin, put back").atMost(PATIENCE).until(() -> pin(pools).get() != null);
            assertEquals(kept, pin(pools).require().getData().get("ca.crt"));

            redis.present(IMPOSTOR.leafInChain());
            apply(pools, redis, ", pollInterval: 2s");
            pools.awaitBroker("jobs", "Trusted", is -> is.getReason().equals("PinnedAuthorityChanged"), PATIENCE);
            String why = pools.brokerCondition("jobs", "Trusted").orElseThrow().getMessage();
            assertTrue(why.contains("acceptedFingerprints: [" + sha256(IMPOSTOR) + "]"), why);
            assertEquals(sha256(CA), pinned(pools).sha256(), "what was known stays known");

            apply(
                    pools,
                    redis,
                    ", tls: {trust: {source: FirstUse, acceptedFingerprints: [%s]}}".formatted(sha256(IMPOSTOR)));
            isKnownBy(pools, redis, IMPOSTOR);
            assertTrue(events(pools).contains("Warning AuthorityPinned"), events(pools));

            apply(pools, other, "");
            isKnownBy(pools, other, ELSEWHERE);
            assertTrue(!operator.log().contains("s3cret"), "no password in the log");
        }
    }

    @Test
    void a_pin_that_somebody_put_in_its_place_is_not_believed(ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(CA).withUser("jobs", "s3cret"));
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            pools.apply(LOGIN);
            apply(pools, redis, "");
            isKnownBy(pools, redis, CA);
            String theirs = Base64.getEncoder().encodeToString(IMPOSTOR.pem().getBytes(StandardCharsets.UTF_8));
            pin(pools).edit(secret -> {
                secret.getData().put("ca.crt", theirs);
                return secret;
            });
            pools.awaitBroker("jobs", "Trusted", is -> is.getReason().equals("PinChanged"), PATIENCE);
            assertTrue(operator.isReady());
        }
    }

    private static void apply(Pools pools, RedisServer redis, String more) {
        String trust = more.contains("tls:") ? "" : ", tls: {trust: {source: FirstUse}}";
        pools.apply("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec: {url: {value: "%s"}, credentials: {secretRef: {name: jobs-auth}}%s%s}
                """.formatted(redis.urlWithoutCredentials(), trust, more));
    }

    private static void isKnownBy(Pools pools, RedisServer redis, PrivateCa ca) {
        await("known by " + ca.name())
                .atMost(PATIENCE)
                .until(() -> Optional.of(pools.broker("jobs"))
                        .map(Broker::getStatus)
                        .map(BrokerStatus::pinned)
                        .filter(pinned -> pinned.sha256().equals(sha256(ca))
                                && pinned.endpoint().equals("localhost:" + redis.port()))
                        .isPresent());
        pools.awaitBroker("jobs", "Ready", is -> is.getStatus().equals("True"), PATIENCE);
        assertEquals(
                "CertificateVerified",
                pools.brokerCondition("jobs", "Trusted").orElseThrow().getReason());
    }

    private static BrokerStatus.Pinned pinned(Pools pools) {
        return Optional.ofNullable(pools.broker("jobs").getStatus())
                .map(BrokerStatus::pinned)
                .orElseThrow();
    }

    private static Resource<Secret> pin(Pools pools) {
        return pools.client().secrets().inNamespace(pools.namespace()).withName("jobs-pin");
    }

    private static String events(Pools pools) {
        return String.join("\n", pools.events("Broker", "jobs"));
    }

    private static String sha256(PrivateCa ca) {
        return Certificates.sha256(Certificates.parse(ca.pem()).certificates().getFirst());
    }
}
