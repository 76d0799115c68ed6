package dev.workerpool.story.badinput;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Secret of somebody else's under the very name that a Broker's connection or trust would have is left as it is. */
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangersSecretIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Neighbourhood all;

    StrangersSecretIT(ControlPlane cluster, TestNamespace namespace) {
        all = Neighbourhood.of(cluster, namespace);
    }

    @AfterAll
    void endsWithoutAPasswordTold() {
        all.end();
    }

    /** The name comes from the content: what is proven, given up and wanted again has the same one. */
    @Test
    void aStrangersSecretOfTheConnectionsNameSurvives() {
        String url = all.redis().url();
        all.secret("store-url", "url", url);
        all.brokerBySecret("store", "store-url");
        standsInTheWay(
                "store",
                "connectionSecret",
                () -> all.secret("store-url", "url", url.replaceFirst("/0$", "/1")),
                () -> all.secret("store-url", "url", url));
        all.pool("store").warnedOf("NameConflict");
    }

    @Test
    void aStrangersSecretOfTheTrustsNameSurvives() {
        PrivateCa ca = PrivateCa.create();
        try (RedisServer tls = RedisServer.start(RedisOptions.tls(ca))) {
            all.secret("vault-url", "url", tls.url());
            all.bundle("vault-ca", ca.pem());
            all.brokerBySecret(
                    "vault",
                    "vault-url",
                    "tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: vault-ca, key: ca.crt}}}}");
            standsInTheWay(
                    "vault",
                    "trustSecret",
                    () -> all.bundle("vault-ca", ca.pem() + PrivateCa.create().pem()),
                    () -> all.bundle("vault-ca", ca.pem()));
            all.pool("vault").warnedOf(Neighbourhood.OF_ANY_POOL_BY_TLS, "NameConflict");
        }
    }

    private void standsInTheWay(String name, String which, Runnable otherwise, Runnable back) {
        all.broker(name).isReady("Connected");
        String secret = proven(name, which);
        otherwise.run();
        await().atMost(PATIENCE).until(() -> !proven(name, which).equals(secret));
        all.apply(Neighbourhood.pool(name, name).withWorkers().yaml());
        all.pool(name).isReady("AsDecided");
        String inUse = proven(name, which);
        await().atMost(PATIENCE)
                .until(() -> all.kubectl("get", "secret", secret, "--ignore-not-found", "-o", "name")
                        .isEmpty());
        Stranger stranger = Stranger.settled(all, "secret/" + secret, """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData: {theirs: data}
                """.formatted(secret));

        back.run();
        String message = "Secret %s exists and is not the operator's: rename or delete it".formatted(secret);
        Told broker = all.broker(name);
        broker.says("Ready", "False", "NameConflict", message);
        broker.saysLike("Reachable", "True", "Connected", ".*");
        all.pool(name).says("BrokerReady", "False", "NameConflict", message);
        all.neighbour().goesOn();
        stranger.isUntouched();
        assertEquals(inUse, proven(name, which), "pools keep what they have");

        stranger.leaves();
        broker.isReady("Connected");
        await().atMost(PATIENCE).until(() -> proven(name, which).equals(secret));
        all.pool(name).says("BrokerReady", "True", "Connected", "the broker answers");
        all.pool(name).isReady("AsDecided");
        broker.warnedOf("NameConflict");
        all.neighbour().goesOn();
    }

    private String proven(String broker, String which) {
        return all.kubectl("get", "broker/" + broker, "-o", "jsonpath={.status.proven." + which + "}");
    }
}
