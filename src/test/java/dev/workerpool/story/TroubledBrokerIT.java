package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A real broker that hangs, answers with errors, or takes no more clients: sizes stay, and nobody has to restart anything. */
@RealControlPlane
class TroubledBrokerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void nothing_is_lowered_whatever_ails_the_broker_and_all_goes_on_after_it(
            ControlPlane cluster, TestNamespace namespace) throws IOException {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply(APool.named("mail")
                    .withImage("example.com/worker:1")
                    .with("scaling: {minReplicas: 0, maxReplicas: 9, idleAfter: 1s, target: {backlogPerWorker: 1}}")
                    .yaml());
            stage.enqueue("mail", 3);
            stage.pools().awaitReplicas("mail", 3, PATIENCE);

            stage.redis().pause();
            awaitReason(stage, "BrokerUnavailable");
            stage.redis().resume();
            goesOn(stage, 4);

            try (Socket script = new Socket("localhost", stage.redis().port())) {
                say(script, "CONFIG SET busy-reply-threshold 100", "EVAL \"while true do end\" 0");
                awaitReason(stage, "BacklogUnknown");
                stage.redis().cli("SCRIPT", "KILL");
            }
            goesOn(stage, 5);

            try (Socket other = new Socket("localhost", stage.redis().port())) {
                say(other, "CONFIG SET maxclients 1", "CLIENT KILL TYPE normal SKIPME yes");
                awaitReason(stage, "BrokerUnavailable");
                say(other, "CONFIG SET maxclients 1000");
            }
            goesOn(stage, 6);
        }
    }

    @Test
    void an_evicting_broker_is_warned_of_by_condition_and_event(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            RedisServer redis = stage.redis();
            awaitEvicts(stage, "False NoEviction");
            redis.cli("CONFIG", "SET", "maxmemory", "64mb");
            redis.cli("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
            awaitEvicts(stage, "True EvictionPolicy");
            await().atMost(PATIENCE)
                    .until(() -> stage.pools().events("Broker", "jobs").stream()
                            .anyMatch(event ->
                                    event.startsWith("Warning EvictionPolicy: maxmemory-policy is allkeys-lru")));
            assertTrue(stage.kubectl("get", "broker/jobs").contains("True"));
        }
    }

    /** One job more, one worker more: and none less in between. */
    private static void goesOn(Stage stage, int workers) {
        assertEquals(workers - 1, stage.pools().replicas("mail"));
        stage.enqueue("mail", 1);
        stage.pools().awaitReplicas("mail", workers, PATIENCE);
        awaitReason(stage, "Backlog");
    }

    private static void awaitReason(Stage stage, String reason) {
        await().atMost(PATIENCE)
                .until(
                        () -> stage.kubectl("get", "wp/mail", "-o", "jsonpath={.status.decision.reason}"),
                        reason::equals);
    }

    private static void awaitEvicts(Stage stage, String wanted) {
        String path = "{.status.conditions[?(@.type==\"EvictsKeys\")].status} "
                + "{.status.conditions[?(@.type==\"EvictsKeys\")].reason}";
        await().atMost(PATIENCE)
                .until(() -> stage.kubectl("get", "broker/jobs", "-o", "jsonpath=" + path), wanted::equals);
    }

    private static void say(Socket socket, String... commands) throws IOException {
        for (String command : commands) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        socket.getOutputStream().flush();
    }
}
