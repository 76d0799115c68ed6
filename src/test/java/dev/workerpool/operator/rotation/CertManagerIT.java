package dev.workerpool.operator.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.story.Stage;
import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.CertManager;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealCertManager;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.ChartAccount;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.ClientIdentity;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real cert-manager issues: a new leaf, and then its issuer has another authority, while clients connect all the time. */
@RealControlPlane
@RealCertManager
@Tag("long")
class CertManagerIT {
    @Test
    @SuppressWarnings("try")
    void each_pool_has_its_own_from_cert_manager_and_its_authority_is_followed_by_another_without_a_refused_connection(
            ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        AuditLog.Mark start = cluster.auditLog().mark();
        Issuers issuers = new Issuers(cluster, namespace);
        try (CertManager certManager = CertManager.install(cluster);
                Certified stage = Certified.withWebApp(pools);
                PackagedOperator operator = Stage.operator(cluster, namespace, "certManager.enabled=true")) {
            issuers.corp("corp-1");
            stage.create("{certManager: {issuerRef: {name: corp}}}");
            stage.awaitSettled("");
            stage.watch();
            String before = stage.authority().orElseThrow().sha256();
            assertEquals(
                    "CN=corp-1",
                    stage.identity("mail")
                            .certificate()
                            .getIssuerX500Principal()
                            .getName());
            Course course = new Course(stage);
            course.ofLeaves();

            ClientIdentity former = stage.identity("mail");
            int atFirst = stage.connections();
            issuers.corp("corp-2");
            issuers.renew("mail-certificate-worker");
            stage.awaitAnother("mail", former);
            stage.awaitSettled("");

            assertNotEquals(before, stage.authority().orElseThrow().sha256());
            course.wasWithoutARefusal(former);
            assertTrue(stage.connections() > atFirst + 10, "connections: " + (stage.connections() - atFirst));
            assertEquals("+PONG", stage.ping(stage.identity("mail")));
            List<AuditEntry> writes = cluster.auditLog().since(start).stream()
                    .filter(entry -> entry.isWrite()
                            && entry.user().equals(ChartAccount.user(namespace.name()))
                            && entry.target().resource().equals("certificates"))
                    .toList();
            // Four are made, all are renewed for the leaf, and all but one for the authority: asked for and noted.
            assertTrue(writes.size() <= 4 + 2 * 4 + 2 * 3, "no needless writes: " + writes);
            assertFalse(operator.log().contains("PRIVATE KEY"), "no key in the log");
            assertFalse(pools.broker("jobs").getStatus().toString().contains("PRIVATE KEY"));
        }
    }
}
