package dev.workerpool.story.badinput;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Broker that becomes another under its pools' feet. */
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedBrokerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Neighbourhood all;

    ChangedBrokerIT(ControlPlane cluster, TestNamespace namespace) {
        all = Neighbourhood.of(cluster, namespace);
    }

    @AfterAll
    void endsWithoutAPasswordTold() {
        all.end();
    }

    @Test
    void aChangedBundleTakesEffectOnceTheServerIsTrustedByIt() {
        PrivateCa before = PrivateCa.create();
        PrivateCa after = PrivateCa.create();
        try (RedisServer tls = RedisServer.start(RedisOptions.tls(before))) {
            all.bundle("turning-ca", before.pem());
            all.secret("turning-url", "url", tls.url());
            all.brokerBySecret(
                    "turning",
                    "turning-url",
                    "tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: turning-ca, key: ca.crt}}}}");
            all.broker("turning").isReady("Connected");
            String old = proven("turning", "trustSecret");
            Workers workers = Workers.byTrust(all, "turning");
            all.apply(Neighbourhood.pool("turning", "turning").withWorkers().yaml());
            tls.cli("RPUSH", "jobs:turning", "job", "job");
            workers.areAll(2, old);

            all.bundle("turning-ca", after.pem());
            String words = ".* is not among the trusted authorities .*"
                    + "; running, restarted and added pods keep the connection that was last proven";
            all.broker("turning").saysLike("Ready", "False", "CertificateNotTrusted", words);
            all.broker("turning").saysLike("Trusted", "False", "CertificateNotTrusted", words);
            all.pool("turning").saysLike("BrokerReady", "False", "CertificateNotTrusted", words);
            tls.cli("RPUSH", "jobs:turning", "job");
            workers.areAll(3, old);
            all.neighbour().goesOn();

            tls.present(after.leaf());
            all.broker("turning").isReady("Connected");
            String now = proven("turning", "trustSecret");
            assertNotEquals(old, now);
            workers.areAll(3, now);
            await().atMost(PATIENCE)
                    .until(() -> all.kubectl("get", "secret", old, "--ignore-not-found", "-o", "name")
                            .isEmpty());
            all.pool("turning").says("BrokerReady", "True", "Connected", "the broker answers");
            all.pool("turning").isReady("AsDecided");
            all.broker("turning").warnedOf("CertificateNotTrusted");
            all.pool("turning").warnedOf(Neighbourhood.OF_ANY_POOL_BY_TLS, "CertificateNotTrusted");
            all.neighbour().goesOn();
        }
    }

    @Test
    void aBrokerThatIsDeletedHoldsItsPoolsAndMadeAgainLetsThemGoOn() {
        all.secret("again-url", "url", all.redis().url());
        all.brokerBySecret("again", "again-url");
        all.apply(Neighbourhood.pool("again", "again").withWorkers().yaml());
        all.enqueue("again", 2);
        all.awaitReplicas("again", 2);
        Told pool = all.pool("again");
        pool.isReady("AsDecided");
        String old = proven("again", "connectionSecret");

        all.kubectl("delete", "broker/again");
        String message = "there is no Broker again";
        pool.says("BrokerReady", "False", "BrokerNotFound", message);
        pool.says("Ready", "False", "WaitingForBroker", message);
        pool.saysLike("ScalingActive", "False", "BrokerUnavailable", ".*");
        all.enqueue("again", 1);
        all.neighbour().goesOn();
        assertEquals(2, all.pools().replicas("again"), "held");

        all.brokerBySecret("again", "again-url");
        all.broker("again").isReady("Connected");
        all.awaitReplicas("again", 3);
        assertNotEquals(old, proven("again", "connectionSecret"));
        Workers.byConnection(all, "again").areAll(3, proven("again", "connectionSecret"));
        pool.isReady("AsDecided");
        pool.says("BrokerReady", "True", "Connected", "the broker answers");
        pool.says("ScalingActive", "True", "Deciding", "the operator decides from what waits");
        // Whether it is first seen that nothing is measured any more, or that the Broker is gone, is a matter of
        // chance.
        List<String> warnings = pool.reasonsOfWarnings();
        assertEquals(1, Collections.frequency(warnings, "BrokerNotFound"), warnings::toString);
        assertTrue(
                warnings.size() == 1 || warnings.equals(List.of("BrokerUnavailable", "BrokerNotFound")),
                warnings::toString);
        all.neighbour().goesOn();
    }

    private String proven(String broker, String which) {
        return all.kubectl("get", "broker/" + broker, "-o", "jsonpath={.status.proven." + which + "}");
    }
}
