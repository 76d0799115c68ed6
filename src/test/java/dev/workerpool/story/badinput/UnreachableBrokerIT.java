package dev.workerpool.story.badinput;

import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Broker that was tried and does not work: it is told why, tried again, and used once it works. */
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreachableBrokerIT {
    private final Neighbourhood all;

    UnreachableBrokerIT(ControlPlane cluster, TestNamespace namespace) {
        all = Neighbourhood.of(cluster, namespace);
    }

    @AfterAll
    void endsWithoutAPasswordTold() {
        all.end();
    }

    @Test
    void aWrongPasswordIsRefusedUntilItIsTheRightOne() {
        String url = all.redis().url();
        all.secret("locked-url", "url", url.replace(Neighbourhood.PASSWORD, Neighbourhood.WRONG_PASSWORD));
        all.brokerBySecret("locked", "locked-url");
        poolOf("locked");
        doesNotWork("locked", "LoginRefused", "localhost:%d refuses the user name or the password", all.redis());
        all.broker("locked").says("Reachable", "True", "Connected", "it answers, but does not let the operator in");
        all.broker("locked").saysLike("Trusted", "Unknown", "LoginRefused", ".*");
        all.neighbour().goesOn();

        all.secret("locked-url", "url", all.redis().urlWithoutCredentials());
        doesNotWork("locked", "LoginRequired", "localhost:%d wants a password, and none was given", all.redis());

        all.secret("locked-url", "url", url);
        worksAfter("locked", all.redis(), "LoginRefused", "LoginRequired");
        all.pool("locked").warnedOf("LoginRefused", "LoginRequired");
    }

    @Test
    void whereNothingListensIsTriedAgainUntilSomethingDoes() {
        try (RedisServer late = RedisServer.plain()) {
            late.stop();
            all.secret("silent-url", "url", late.url());
            all.brokerBySecret("silent", "silent-url");
            poolOf("silent");
            doesNotWork("silent", "ConnectionRefused", "nothing listens on localhost:%d: connection refused", late);
            all.broker("silent").saysLike("Reachable", "False", "ConnectionRefused", ".*");
            all.neighbour().goesOn();

            late.startAgain();
            worksAfter("silent", late, "ConnectionRefused");
            all.pool("silent").warnedOf("ConnectionRefused");
        }
    }

    @Test
    void anAuthorityThatNobodyToldOfIsNotTrustedUntilItIsInTheBundle() {
        PrivateCa ca = PrivateCa.create();
        try (RedisServer tls = RedisServer.start(RedisOptions.tls(ca))) {
            all.secret("private-url", "url", tls.url());
            all.bundle("corp-ca", PrivateCa.create().pem());
            all.brokerBySecret(
                    "private",
                    "private-url",
                    "tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: corp-ca, key: ca.crt}}}}");
            poolOf("private");
            isNotTrusted("private");
            all.neighbour().goesOn();

            all.bundle("corp-ca", ca.pem());
            worksAfter("private", tls, "CertificateNotTrusted");
            all.pool("private").warnedOf("CertificateNotTrusted", Neighbourhood.OF_ANY_POOL_BY_TLS);
            all.broker("private")
                    .says("Trusted", "True", "CertificateVerified", "chain and name of its certificate were verified");
        }
    }

    @Test
    void systemRootsAloneDoNotTrustAPrivateAuthority() {
        PrivateCa ca = PrivateCa.create();
        try (RedisServer tls = RedisServer.start(RedisOptions.tls(ca))) {
            all.secret("public-url", "url", tls.url());
            all.brokerBySecret("public", "public-url");
            poolOf("public");
            isNotTrusted("public");
            all.neighbour().goesOn();

            all.bundle("public-ca", ca.pem());
            all.brokerBySecret(
                    "public",
                    "public-url",
                    "tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: public-ca, key: ca.crt}}}}");
            worksAfter("public", tls, "CertificateNotTrusted");
            all.pool("public").warnedOf("CertificateNotTrusted", Neighbourhood.OF_ANY_POOL_BY_TLS);
        }
    }

    private void poolOf(String broker) {
        all.apply(Neighbourhood.pool(broker, broker).withWorkers().yaml());
    }

    private void doesNotWork(String name, String reason, String message, RedisServer at) {
        String words = message.formatted(at.port());
        all.broker(name).says("Ready", "False", reason, words);
        all.pool(name).says("BrokerReady", "False", reason, words);
        all.pool(name).says("Ready", "False", "WaitingForBroker", words);
    }

    private void isNotTrusted(String name) {
        String words =
                "the server's certificate CN=localhost .* has a self-signed certificate in its chain, CN=Private CA .*, "
                        + "which is not among the trusted authorities .*; "
                        + "add that authority's certificate to the broker's trust:\n"
                        + Pattern.quote(
                                "tls:\n  trust: {source: Bundle, bundle: {configMapKeyRef: {name: broker-ca, key: ca.crt}}}");
        all.broker(name).saysLike("Ready", "False", "CertificateNotTrusted", words);
        all.broker(name).saysLike("Trusted", "False", "CertificateNotTrusted", words);
        all.broker(name).says("Reachable", "True", "Connected", "it answers, but is not trusted");
        all.pool(name).saysLike("BrokerReady", "False", "CertificateNotTrusted", words);
        all.pool(name).saysLike("Ready", "False", "WaitingForBroker", words);
    }

    private void worksAfter(String name, RedisServer at, String... warnings) {
        all.broker(name).says("Ready", "True", "Connected", "localhost:%d answers".formatted(at.port()));
        at.cli("RPUSH", "jobs:" + name, "job", "job");
        all.awaitReplicas(name, 2);
        all.pool(name).isReady("AsDecided");
        all.pool(name).says("BrokerReady", "True", "Connected", "the broker answers");
        all.broker(name).warnedOf(warnings);
        all.neighbour().goesOn();
    }
}
