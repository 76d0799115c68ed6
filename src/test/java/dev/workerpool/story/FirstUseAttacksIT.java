package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.ManInTheMiddle;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who stands between where an authority is known by its first use: is not believed, and is told no login, as long as anything better is known. */
@RealControlPlane
class FirstUseAttacksIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final PrivateCa CA = PrivateCa.create();
    private static final PrivateCa IMPOSTOR = PrivateCa.create();

    /** All that a look at a certificate says: Redis answers it before any login. */
    private static final String PING = "*1\r\n$4\r\nPING\r\n";

    @Test
    void at_the_first_contact_nobody_is_pinned_whose_fingerprint_was_not_given_beforehand(
            ControlPlane cluster, TestNamespace namespace) {
        try (Scene scene = new Scene(cluster, namespace)) {
            scene.middle.takeOver(IMPOSTOR.leafInChain());
            scene.broker(sha256(CA), 1);
            scene.isRefused("AuthorityNotAccepted");
            assertNull(scene.pin().get(), "nothing is pinned");

            scene.middle.stepAside();
            scene.isReady();
        }
    }

    @Test
    void at_the_first_contact_no_login_is_said_before_the_pin_is_kept(ControlPlane cluster, TestNamespace namespace) {
        try (Scene scene = new Scene(cluster, namespace)) {
            scene.pools.apply("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: jobs-pin}
                    stringData: {somebody: else}
                    """);
            scene.middle.takeOver(IMPOSTOR.leafInChain());
            scene.broker("", 1);
            scene.isRefused("NameConflict");
        }
    }

    @Test
    void neither_at_a_later_contact_nor_with_the_pin_deleted_is_another_believed(
            ControlPlane cluster, TestNamespace namespace) {
        try (Scene scene = new Scene(cluster, namespace)) {
            scene.broker("", 1);
            scene.isReady();
            String kept = scene.pin().require().getData().get("ca.crt");

            scene.middle.takeOver(IMPOSTOR.leafInChain());
            scene.broker("", 2);
            scene.isRefused("PinnedAuthorityChanged");
            scene.pin().delete();
            scene.broker("", 3);
            scene.isRefused("PinMissing");
            assertNull(scene.pin().get(), "nothing else is pinned in its place");

            scene.middle.stepAside();
            scene.isReady();
            assertEquals(kept, scene.pin().require().getData().get("ca.crt"), "the same is put back");
        }
    }

    private static String sha256(PrivateCa ca) {
        return Certificates.sha256(Certificates.parse(ca.pem()).certificates().getFirst());
    }

    /** A Broker with a login, and its server behind a man in the middle. */
    private static final class Scene implements AutoCloseable {
        private final RedisServer redis =
                RedisServer.start(RedisOptions.tls(CA, CA.leafInChain()).withUser("jobs", "s3cret"));
        private final ManInTheMiddle middle = ManInTheMiddle.before(redis.port());
        private final Pools pools;
        private final PackagedOperator operator;

        Scene(ControlPlane cluster, TestNamespace namespace) {
            pools = new Pools(cluster.admin(), namespace.name());
            operator = Stage.operator(cluster, namespace);
        }

        /** @param seconds between polls: another number, and it is looked at again at once */
        void broker(String accepted, int seconds) {
            pools.apply("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: jobs-auth}
                    stringData: {username: jobs, password: s3cret}
                    ---
                    apiVersion: workerpool.dev/v1alpha1
                    kind: Broker
                    metadata: {name: jobs}
                    spec:
                      url: {value: "rediss://localhost:%d/0"}
                      credentials: {secretRef: {name: jobs-auth}}
                      tls: {trust: {source: FirstUse, acceptedFingerprints: [%s]}}
                      pollInterval: %ds
                    """.formatted(middle.port(), accepted, seconds));
        }

        void isRefused(String reason) {
            pools.awaitBroker("jobs", "Trusted", is -> reason.equals(is.getReason()), PATIENCE);
            await("a look").atMost(PATIENCE).until(() -> middle.believed() > 0);
            List<String> heard = middle.heard();
            assertTrue(heard.stream().allMatch(PING::equals), heard::toString);
        }

        void isReady() {
            pools.awaitBroker("jobs", "Ready", is -> "True".equals(is.getStatus()), PATIENCE);
        }

        Resource<Secret> pin() {
            return pools.client().secrets().inNamespace(pools.namespace()).withName("jobs-pin");
        }

        @Override
        public void close() {
            operator.close();
            middle.close();
            redis.close();
        }
    }
}
