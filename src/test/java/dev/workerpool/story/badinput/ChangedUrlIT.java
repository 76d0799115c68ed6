package dev.workerpool.story.badinput;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.ProcessNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A changed URL is for workers only once it answers; what they have stays for as long as one of them has it. */
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedUrlIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LONGER_THAN_A_SWEEP = Duration.ofSeconds(17);

    private final ControlPlane cluster;
    private final TestNamespace namespace;
    private final Neighbourhood all;
    private final Workers workers;

    ChangedUrlIT(ControlPlane cluster, TestNamespace namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.all = Neighbourhood.of(cluster, namespace);
        this.workers = Workers.byConnection(all, "moving");
    }

    @AfterAll
    void endsWithoutAPasswordTold() {
        all.end();
    }

    @Test
    void workersRollToANewUrlOnlyOnceItWorksAndTheOldSecretGoesWithTheLastOfThem(@TempDir Path folder)
            throws IOException {
        Path end = folder.resolve("end");
        try (RedisServer gone = RedisServer.plain();
                ProcessNode node = ProcessNode.start(cluster.admin(), namespace)) {
            assertTrue(node.runs("moving").isEmpty());
            gone.stop();
            all.secret("moving-url", "url", all.redis().url());
            all.brokerBySecret("moving", "moving-url");
            all.broker("moving").isReady("Connected");
            String old = proven();
            all.apply(Neighbourhood.pool("moving", "moving")
                    .with(workersUntilThereIs(end))
                    .yaml());
            all.enqueue("moving", 2);
            workers.areAll(2, old);

            all.secret("moving-url", "url", gone.url());
            fails("ConnectionRefused", "nothing listens on localhost:%d: connection refused".formatted(gone.port()));
            all.enqueue("moving", 1);
            workers.areAll(3, old);
            all.neighbour().goesOn();

            all.secret("moving-url", "url", elsewhere().replace(Neighbourhood.PASSWORD, Neighbourhood.WRONG_PASSWORD));
            fails(
                    "LoginRefused",
                    "127.0.0.1:%d refuses the user name or the password"
                            .formatted(all.redis().port()));
            all.enqueue("moving", 1);
            workers.areAll(4, old);
            assertEquals(old, proven());

            all.secret("moving-url", "url", elsewhere());
            all.broker("moving")
                    .says(
                            "Ready",
                            "True",
                            "Connected",
                            "127.0.0.1:%d answers".formatted(all.redis().port()));
            all.pool("moving").says("BrokerReady", "True", "Connected", "the broker answers");
            workers.areAll(4, proven());
            workers.areEnding(4, old);
            await().during(LONGER_THAN_A_SWEEP).atMost(PATIENCE).until(() -> exists(old));
            workers.areEnding(4, old);

            Files.createFile(end);
            await().atMost(PATIENCE).until(() -> !exists(old));
            workers.areEnding(0, old);
            all.pool("moving").isReady("AsDecided");
            all.broker("moving").warnedOf("ConnectionRefused", "LoginRefused");
            all.pool("moving").warnedOf("ConnectionRefused", "LoginRefused");
            all.neighbour().goesOn();
        }
    }

    /** They take no notice of TERM, as a worker does that finishes its job. */
    private static String workersUntilThereIs(Path file) {
        return ("template: {spec: {%s, containers: [{name: worker, image: example.com/worker:1, workingDir: /tmp, "
                        + "command: [sh, -c, \"trap '' TERM; until [ -e %s ]; do sleep 0.2; done\"]}]}}")
                .formatted(String.join(", ", ProcessNode.PLACED_HERE), file);
    }

    private void fails(String reason, String why) {
        String message = why + "; running, restarted and added pods keep the connection that was last proven";
        all.broker("moving").says("Ready", "False", reason, message);
        all.pool("moving").says("BrokerReady", "False", reason, message);
        all.pool("moving").isReady("AsDecided");
        all.pool("moving").says("ScalingActive", "True", "Deciding", "the operator decides from what waits");
    }

    /** The same server under another name: workers that would come to another one would first empty the old. */
    private String elsewhere() {
        return all.redis().url().replace("localhost", "127.0.0.1");
    }

    private String proven() {
        return all.kubectl("get", "broker/moving", "-o", "jsonpath={.status.proven.connectionSecret}");
    }

    private boolean exists(String secret) {
        return !all.kubectl("get", "secret", secret, "--ignore-not-found", "-o", "name")
                .isEmpty();
    }
}
