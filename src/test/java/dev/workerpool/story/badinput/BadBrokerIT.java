package dev.workerpool.story.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Broker that is not there, or cannot even be tried: what lacks is named, and looked for until it is there. */
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadBrokerIT {
    private final Neighbourhood all;

    BadBrokerIT(ControlPlane cluster, TestNamespace namespace) {
        all = Neighbourhood.of(cluster, namespace);
    }

    @AfterAll
    void endsWithoutAPasswordTold() {
        all.end();
    }

    @Test
    void aPoolOfAnUnknownBrokerWaitsForIt() {
        all.apply(Neighbourhood.pool("early", "later").withWorkers().yaml());
        all.enqueue("early", 2);
        Told pool = all.pool("early");
        String message = "there is no Broker later";
        pool.says("BrokerReady", "False", "BrokerNotFound", message);
        pool.says("Ready", "False", "WaitingForBroker", message);
        pool.says("Reconciling", "True", "WaitingForBroker", message);
        pool.says("Stalled", "False", "NotStalled", "nothing needs a person's help");
        all.neighbour().goesOn();

        all.secret("later-url", "url", all.redis().url());
        all.brokerBySecret("later", "later-url");
        all.awaitReplicas("early", 2);
        pool.isReady("AsDecided");
        pool.says("BrokerReady", "True", "Connected", "the broker answers");
        pool.warnedOf("BrokerNotFound");
        all.broker("later").warnedOf();
        all.neighbour().goesOn();
    }

    @Test
    void whatTheSecretOfTheUrlLacksIsNamedUntilNothingLacks() {
        all.brokerBySecret("poor", "poor-url");
        all.apply(Neighbourhood.pool("poor", "poor").withWorkers().yaml());
        all.enqueue("poor", 2);
        cannotBeTried("poor", "SecretNotFound", "there is no Secret poor-url");

        all.secret("poor-url", "REDIS_URL", all.redis().url());
        cannotBeTried("poor", "SecretKeyMissing", "Secret poor-url has no key url");

        all.secret("poor-url", "url", "redis//:" + Neighbourhood.PASSWORD + "@localhost");
        cannotBeTried(
                "poor",
                "MalformedURL",
                "Secret poor-url, key url: the URL must start with redis://, rediss://, amqp:// or amqps://");
        all.neighbour().goesOn();

        all.secret("poor-url", "url", all.redis().url());
        all.broker("poor").isReady("Connected");
        all.awaitReplicas("poor", 2);
        all.pool("poor").isReady("AsDecided");
        all.broker("poor").warnedOf("SecretNotFound", "SecretKeyMissing", "MalformedURL");
        all.pool("poor").warnedOf("SecretNotFound", "SecretKeyMissing", "MalformedURL");
        all.neighbour().goesOn();
    }

    @Test
    void noPartOfAMalformedUrlIsQuoted() {
        String password = Neighbourhood.PASSWORD;
        all.secret("odd-url", "url", "redis://:" + password + "#@localhost/0");
        all.brokerBySecret("odd", "odd-url");
        cannotBeTried(
                "odd",
                "Secret odd-url, key url: the URL names no host, or its host is malformed; "
                        + "special characters in a user name or password must be percent-encoded");
        all.secret("odd-url", "url", "redis://:" + password + "%@localhost/0");
        cannotBeTried(
                "odd",
                "Secret odd-url, key url: the URL is malformed at character 28; "
                        + "special characters in a user name or password must be percent-encoded");
        all.secret("odd-url", "url", "redis://:" + password + "@localhost:65536/0");
        cannotBeTried("odd", "Secret odd-url, key url: the URL's port must be between 1 and 65535");
        all.secret("odd-url", "url", "redis://:" + password + "@localhost:1/" + password);
        cannotBeTried("odd", "Secret odd-url, key url: the URL's path must be a database index, such as /0");
        all.broker("odd").warnedOf("MalformedURL");
        all.neighbour().goesOn();

        all.secret("odd-url", "url", all.redis().url());
        all.broker("odd").isReady("Connected");
    }

    @Test
    void whatTheBundleAndTheCredentialsLackIsNamedToo() {
        PrivateCa ca = PrivateCa.create();
        try (RedisServer tls = RedisServer.start(RedisOptions.tls(ca).withPassword(Neighbourhood.PASSWORD))) {
            all.secret("far-url", "url", tls.urlWithoutCredentials());
            all.brokerBySecret(
                    "far",
                    "far-url",
                    "credentials: {secretRef: {name: far-login}}",
                    "tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: far-ca, key: ca.crt}}}}");
            all.apply(Neighbourhood.pool("far", "far").withWorkers().yaml());
            cannotBeTried("far", "SecretNotFound", "there is no Secret far-login");
            all.secret("far-login", "user", "default");
            cannotBeTried("far", "SecretKeyMissing", "Secret far-login has no key password");
            all.secret("far-login", "password", Neighbourhood.PASSWORD);
            cannotBeTried("far", "ConfigMapNotFound", "there is no ConfigMap far-ca");
            all.bundle("far-ca", "the certificate");
            all.broker("far").saysLike("Ready", "False", "BundleUnreadable", "tls.trust.bundle: .*");
            all.neighbour().goesOn();

            all.bundle("far-ca", ca.pem());
            all.broker("far").isReady("Connected");
            all.pool("far").isReady("AsDecided");
            all.broker("far").warnedOf("SecretNotFound", "SecretKeyMissing", "ConfigMapNotFound", "BundleUnreadable");
        }
    }

    private void cannotBeTried(String name, String message) {
        Told broker = all.broker(name);
        broker.says("Ready", "False", "MalformedURL", message);
        broker.says("Reachable", "Unknown", "MalformedURL", message);
        broker.says("Trusted", "Unknown", "MalformedURL", message);
    }

    /** The Broker and its pool, which has been created before anything of the Broker was proven. */
    private void cannotBeTried(String name, String reason, String message) {
        Told broker = all.broker(name);
        broker.says("Ready", "False", reason, message);
        broker.says("Reachable", "Unknown", reason, message);
        broker.says("Trusted", "Unknown", reason, message);
        Told pool = all.pool(name);
        pool.says("BrokerReady", "False", reason, message);
        pool.says("Ready", "False", "WaitingForBroker", message);
        assertEquals(-1, all.pools().replicas(name), "no Deployment before a connection was proven");
    }
}
