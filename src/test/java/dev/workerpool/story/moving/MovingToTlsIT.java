package dev.workerpool.story.moving;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.node.RealNode;
import dev.workerpool.testing.operator.ChartAccount;
import dev.workerpool.testing.operator.PackagedOperator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A plain Redis becomes one with TLS and a private authority by a change of one Secret, while jobs flow at twenty a second. */
@Tag("node")
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MovingToTlsIT {
    private static final String BUNDLE =
            ", tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: provider-ca, key: ca.crt}}}}";
    private static final String CERTIFIED =
            BUNDLE.replace("tls: {", "tls: {clientCertificates: {secretRef: {name: worker-certificate}}, ");
    private static final String ISSUED = BUNDLE.replace("tls: {", "tls: {clientCertificates: {issuer: {own: {}}}, ");
    private static final String FIRST_USE = ", tls: {trust: {source: FirstUse}}";
    private static final int AT_WORK = Workers.REPLICAS * Workers.CONCURRENCY;
    private static final String PING = "*1\r\n$4\r\nPING\r\n";
    private static final String CARELESS = ", {name: VERIFY_NOTHING, value: \"1\"}";

    private final ControlPlane cluster;
    private final RealNode node;
    private final ChartAccount account;
    private final PackagedOperator operator;

    MovingToTlsIT(ControlPlane cluster, TestNamespace namespace) {
        this.cluster = cluster;
        node = RealNode.start(cluster);
        account = ChartAccount.clusterWide(cluster, namespace.name());
        operator = PackagedOperator.start(account.kubeconfig(), "--lease-namespace=" + namespace);
    }

    @AfterAll
    void end() {
        operator.close();
        account.close();
        node.close();
    }

    @Test
    void by_a_bundle_each_job_is_done_once_and_a_man_in_the_middle_is_refused(TestNamespace namespace) {
        try (Hosted hosted = Hosted.start(false);
                Scene scene = new Scene(cluster.admin(), namespace, hosted)) {
            told(namespace, () -> {
                bundle(scene);
                moves("bundle", scene, BUNDLE);
                refusesTheImpostor("bundle", scene, namespace, "CertificateNotTrusted");
                eachJobIsDoneOnce("bundle", scene, 2);
            });
        }
    }

    @Test
    void by_first_use_too_and_with_apps_that_verify_nothing(TestNamespace namespace) {
        try (Hosted hosted = Hosted.start(false);
                Scene scene = new Scene(cluster.admin(), namespace, hosted)) {
            told(namespace, () -> {
                moves("first use", scene, FIRST_USE);
                Map<Workers, Set<String>> old = scene.podNames();
                scene.apps(CARELESS);
                scene.rolled(old, Instant.now());
                scene.goesOn();
                refusesTheImpostor("first use, apps that verify nothing", scene, namespace, "PinnedAuthorityChanged");
                eachJobIsDoneOnce("first use", scene, 3);
            });
        }
    }

    @Test
    void with_client_certificates_required_too(TestNamespace namespace) {
        try (Hosted hosted = Hosted.start(true);
                Scene scene = new Scene(cluster.admin(), namespace, hosted)) {
            told(namespace, () -> {
                bundle(scene);
                scene.clientCertificate("worker-certificate", hosted.ca().leaf());
                moves("client certificates required", scene, CERTIFIED);
                eachJobIsDoneOnce("client certificates required", scene, 1);
            });
        }
    }

    @Test
    void a_new_leaf_and_a_new_authority_under_load_cost_neither_a_handshake_nor_a_job(TestNamespace namespace) {
        try (Hosted hosted = Hosted.start(true);
                Scene scene = new Scene(cluster.admin(), namespace, hosted);
                Rotation rotation = new Rotation(scene.pools(), hosted)) {
            told(namespace, () -> {
                bundle(scene);
                scene.begin();
                Map<Workers, Set<String>> plain = scene.podNames();
                scene.broker(ISSUED);
                scene.url(hosted.tlsUrl());
                scene.rolled(plain, Instant.now());
                rotation.isSettled("");
                rotates(scene, rotation);
                eachJobIsDoneOnce("rotation", scene, 3);
            });
        }
    }

    private static void rotates(Scene scene, Rotation rotation) {
        long failed = scene.hosted().failedHandshakes();
        long tried = rotation.tried();
        String authority = rotation.sha256();
        Map<Workers, Set<String>> old = scene.podNames();
        Instant began = Instant.now();
        rotation.ask("leaf-1");
        Duration leaf = scene.rolled(old, began);

        old = scene.podNames();
        Instant next = Instant.now();
        rotation.ask("authority-1");
        scene.rolled(old, next);
        rotation.isSettled("authority-1");
        Duration whole = Duration.between(next, Instant.now());
        scene.goesOn();
        long trials = rotation.tried() - tried;
        long refused = scene.hosted().failedHandshakes() - failed - trials;
        System.out.printf(
                "rotation under load: the leaf in %.1f s, the authority in %.1f s; failed TLS handshakes as the server counts them: %d, besides "
                        + "%d trials of the operator whether it takes the next authority by now%n",
                leaf.toMillis() / 1000.0, whole.toMillis() / 1000.0, refused, trials);
        assertNotEquals(authority, rotation.sha256());
        assertEquals(0, refused, "failed handshakes");
    }

    /** Where it fails, with all that was there. */
    private void told(TestNamespace namespace, Runnable story) {
        try {
            story.run();
        } catch (RuntimeException | AssertionError e) {
            String there = cluster.kubectl(
                            "get", "-n", namespace.name(), "brokers,workerpools,pods,events", "-o", "wide")
                    .out();
            fail(there + node.log(namespace.name(), "") + operator.log(), e);
        }
    }

    private static void bundle(Scene scene) {
        scene.pools().apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: provider-ca}
                data: {ca.crt: "%s"}
                """.formatted(scene.hosted().ca().pem().replace("\n", "\\n")));
    }

    private void moves(String name, Scene scene, String trust) {
        scene.begin();
        scene.broker(trust);
        // Said before the server can do it: workers keep what they have until the Secret changes.
        scene.pools().awaitBroker("jobs", "Ready", is -> "TlsRequired".equals(is.getReason()), Scene.PATIENCE);
        Map<Workers, Set<String>> plain = scene.podNames();
        scene.goesOn();
        assertEquals(plain, scene.podNames(), "nobody is restarted before");

        Instant changed = Instant.now();
        scene.url(scene.hosted().tlsUrl());
        Duration rolled = scene.rolled(plain, changed);
        if (scene.hosted().takesAnyone()) {
            scene.producersMove();
            scene.leavesPlain();
        }
        scene.goesOn();
        System.out.printf(
                "moved to TLS, %s: the last pod was replaced %.1f s after the Secret's change; failed TLS handshakes as the server "
                        + "counts them: %d; jobs done twice until then: %s%n",
                name, rolled.toMillis() / 1000.0, scene.hosted().failedHandshakes(), scene.doneTwice());
        assertEquals(0, scene.hosted().failedHandshakes(), "failed handshakes");
    }

    private void refusesTheImpostor(String name, Scene scene, TestNamespace namespace, String reason) {
        Hosted hosted = scene.hosted();
        scene.whileQuiet(() -> hosted.middle().takeOver(PrivateCa.create().leafInChain()));
        scene.pools().awaitBroker("jobs", "Trusted", is -> reason.equals(is.getReason()), Scene.PATIENCE);
        await("each worker's refusal")
                .atMost(Scene.PATIENCE)
                .until(() -> scene.pods().stream().allMatch(pod -> refuses(namespace, pod)));
        boolean pinned = reason.equals("PinnedAuthorityChanged");
        int refused = hosted.middle().refused();
        Set<String> said = Set.copyOf(hosted.middle().heard());
        Instant aside = Instant.now();
        hosted.middle().stepAside();
        scene.pools().awaitBroker("jobs", "Ready", is -> "True".equals(is.getStatus()), Scene.PATIENCE);
        scene.goesOn();
        System.out.printf(
                "man in the middle, %s: %d TLS handshakes tried, %d completed, said to it: %s; refused by the operator (%s) and by each of "
                        + "%d workers; %.1f s after it left, all work again%n",
                name,
                refused,
                hosted.middle().believed(),
                said.stream().map(word -> word.replaceAll("\\s+", " ")).toList(),
                reason,
                scene.pods().size(),
                Duration.between(aside, Instant.now()).toMillis() / 1000.0);
        assertAll(
                () -> assertTrue(refused > scene.pods().size(), "they tried"),
                // Who knows a server by its first use has to look at what another one presents; it says nothing of its
                // own to it.
                () -> assertTrue(Set.of(PING).containsAll(said), said::toString),
                () -> assertTrue(pinned || hosted.middle().believed() == 0, "handshakes completed"));
    }

    private boolean refuses(TestNamespace namespace, String pod) {
        String log = node.log(namespace.name(), pod);
        return log.contains("certificate verify failed") || log.contains("CERTIFICATE_VERIFY_FAILED");
    }

    /** @param ends how often all workers were ended, or their connections cut */
    private static void eachJobIsDoneOnce(String name, Scene scene, int ends) {
        List<Ledger.Tally> tallies = scene.end();
        System.out.println("jobs, " + name + ": " + tallies + scene.doneTwice());
        assertAll(tallies.stream().map(tally -> () -> {
            assertEquals(0, tally.lost(), tally::toString);
            // Celery on Redis says at least once: what a worker had just begun when it was told to end is given to
            // another
            // after the visibility timeout.
            int promised = tally.queue().equals("mail") ? AT_WORK * ends : 0;
            assertTrue(tally.twice() <= promised, tally::toString);
        }));
        scene.leavesPlain();
    }
}
