package dev.workerpool.operator.rotation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.story.Stage;
import dev.workerpool.testing.jobs.AnAuthority;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A company's authority, below its root, is followed by one below another root, while pools and a web app connect all the time. */
@RealControlPlane
class GivenAuthorityIT {
    private static final AnAuthority OLD_ROOT = AnAuthority.root("Corp Root 1");
    private static final AnAuthority OLD = OLD_ROOT.below("Corp Clients 1");
    private static final AnAuthority NEW_ROOT = AnAuthority.root("Corp Root 2");
    private static final AnAuthority NEW = NEW_ROOT.below("Corp Clients 2");

    private static final char[] PASSWORD = "change it".toCharArray();

    @Test
    void another_that_is_put_into_the_Secret_takes_over_without_a_refused_connection(
            ControlPlane cluster, TestNamespace namespace) throws GeneralSecurityException, IOException {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (Certified stage = Certified.withWebApp(pools);
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            pools.apply(OLD.secret("corp-authority", List.of(OLD_ROOT)));
            pools.create("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: stores}
                    stringData: {password: change it}
                    """);
            stage.create(
                    "{secretRef: {name: corp-authority}}, pkcs12: {passwordSecretRef: {name: stores, key: password}}");
            stage.awaitSettled("");
            stage.watch();
            assertEquals(sha256(OLD), stage.authority().orElseThrow().sha256());
            ClientIdentity former = stage.web().identity().orElseThrow();
            assertEquals("CN=web", former.subject());
            assertEquals(OLD.certificate(), former.chain().getLast());
            assertNotEquals(former.sha256(), stage.identity("mail").sha256());

            Deployment mail = pools.deployment("mail").orElseThrow();
            assertEquals(
                    stage.identity("mail"),
                    inPkcs12(pools, Held.secretOf(mail, "workerpool-identity"), "keystore.p12"));
            assertEquals(
                    "+PONG", stage.ping(inPkcs12(pools, Held.secretOf(mail, "workerpool-identity"), "keystore.p12")));
            assertEquals(former, inPkcs12(pools, "jobs-web", "keystore.p12"));
            assertTrue(store(pools, Held.secretOf(mail, "workerpool-trust"), "truststore.p12")
                    .isCertificateEntry("ca-0"));
            assertFalse(mail.toString().contains("change it"), "the password is in no Deployment");

            whatCannotBeUsedDisturbsNobody(pools, stage);

            pools.apply(NEW.secret("corp-authority", List.of(NEW_ROOT)));
            await("the other authority")
                    .atMost(Certified.PATIENCE)
                    .until(() ->
                            sha256(NEW).equals(stage.authority().orElseThrow().sha256()));
            stage.awaitSettled("");

            new Course(stage).wasWithoutARefusal(former);
            assertTrue(stage.web().waitedForByTheAuthority() > 0, "it was trusted until the web app was restarted");
            assertFalse(operator.log().contains("PRIVATE KEY"), "no key in the log");
            assertFalse(pools.broker("jobs").getStatus().toString().contains("PRIVATE KEY"));
        }
    }

    private static void whatCannotBeUsedDisturbsNobody(Pools pools, Certified stage) {
        pools.apply(NEW.secret("corp-authority", List.of()));
        pools.awaitBroker(
                "jobs", "CertificateReady", is -> is.getReason().equals("AuthorityIncomplete"), Certified.PATIENCE);
        pools.awaitBroker("jobs", "Ready", is -> is.getStatus().equals("True"), Certified.PATIENCE);
        assertEquals(sha256(OLD), stage.authority().orElseThrow().sha256());
    }

    private static ClientIdentity inPkcs12(Pools pools, String secret, String key)
            throws GeneralSecurityException, IOException {
        KeyStore store = store(pools, secret, key);
        return new ClientIdentity(
                Arrays.stream(store.getCertificateChain("client"))
                        .map(X509Certificate.class::cast)
                        .toList(),
                (PrivateKey) store.getKey("client", PASSWORD));
    }

    private static KeyStore store(Pools pools, String secret, String key) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(new Held(pools).bytes(secret, key)), PASSWORD);
        return store;
    }

    private static String sha256(AnAuthority authority) {
        return Certificates.sha256(authority.certificate());
    }
}
