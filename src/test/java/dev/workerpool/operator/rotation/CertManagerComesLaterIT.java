package dev.workerpool.operator.rotation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.story.Stage;
import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.CertManager;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealCertManager;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.ChartAccount;
import dev.workerpool.testing.operator.ChartRights;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Broker asks for certificates of cert-manager before that is there, and before its issuer is. */
@RealControlPlane
@RealCertManager
@Tag("long")
class CertManagerComesLaterIT {
    @Test
    @SuppressWarnings("try")
    void what_is_missing_is_told_and_once_it_comes_all_goes_on_without_a_restart_and_back_to_an_own_authority(
            ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        AuditLog.Mark before = cluster.auditLog().mark();
        try (Certified stage = Certified.ofPools(pools);
                PackagedOperator operator = Stage.operator(cluster, namespace, "certManager.enabled=true")) {
            stage.create("{certManager: {issuerRef: {name: corp}}}");
            awaitTold(pools, "CertManagerNotInstalled", "install it");

            try (CertManager certManager = CertManager.install(cluster)) {
                awaitTold(pools, "CertificateNotIssued", "issuer.cert-manager.io \"corp\" not found");

                new Issuers(cluster, namespace).corp("corp-1");
                stage.awaitSettled("");
                assertEquals("CN=reports", stage.identity("reports").subject());

                stage.rotate("leaf-1");
                stage.awaitSettled("");
                stage.watch();
                stage.rotate("authority-1");
                cluster.kubectl(
                                "--namespace=" + namespace,
                                "patch",
                                "broker",
                                "jobs",
                                "--type=merge",
                                "--patch={\"spec\":{\"tls\":{\"clientCertificates\":{\"issuer\":{\"certManager\":null,\"own\":{}}}}}}")
                        .succeeded();
                stage.awaitSettled("authority-1");
                await("nothing is left of cert-manager")
                        .atMost(Certified.PATIENCE)
                        .until(() -> cluster.kubectl("--namespace=" + namespace, "get", "certificates", "-o", "name")
                                .succeeded()
                                .equals("certificate.cert-manager.io/corp-1\n"));
                assertEquals(List.of(), stage.refused());
                List<AuditEntry> asked = cluster.auditLog().since(before).stream()
                        .filter(entry -> entry.user().equals(ChartAccount.user(namespace.name())))
                        .toList();
                assertEquals(List.of(), ChartRights.forbidden(asked));
                // An apply that creates needs it too, and stands in the log as a patch.
                assertEquals(
                        Set.of("create certificates"),
                        ChartRights.leftOver(asked, "cert-manager-rules.yaml"),
                        "granted and never used");
                assertEquals(
                        0,
                        operator.log()
                                .lines()
                                .filter(line -> line.contains(" ERROR "))
                                .count(),
                        operator.log());
            }
        }
    }

    @Test
    @SuppressWarnings("try")
    void a_strangers_secret_of_that_name_is_told_and_left_as_it_is(ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (CertManager certManager = CertManager.install(cluster);
                Certified stage = Certified.ofPools(pools)) {
            cluster.apply(namespace, """
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: jobs-certificate-operator}
                    stringData: {mine: "yes"}
                    """).succeeded();
            new Issuers(cluster, namespace).corp("corp-1");
            stage.create("{certManager: {issuerRef: {name: corp}}}");
            try (PackagedOperator operator = Stage.operator(cluster, namespace, "certManager.enabled=true")) {
                awaitTold(pools, "NameConflict", "Secret jobs-certificate-operator");
                assertEquals(
                        1,
                        pools.client()
                                .secrets()
                                .inNamespace(namespace.name())
                                .withName("jobs-certificate-operator")
                                .require()
                                .getData()
                                .size());
            }
        }
    }

    private static void awaitTold(Pools pools, String reason, String part) {
        pools.awaitBroker(
                "jobs",
                "CertificateReady",
                condition -> reason.equals(condition.getReason())
                        && condition.getMessage().contains(part),
                Certified.PATIENCE);
    }
}
