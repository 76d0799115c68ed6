package dev.workerpool.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs exactly once beside a pool's workers, with the real StatefulSet controller. */
@RealControlPlane
@Tag("long")
class SingletonsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String CLOCK = "{name: clock, command: [clock]}";

    @Test
    void it_is_kept_at_one_whatever_the_pool_and_others_do_and_goes_with_what_asks_for_it(
            ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply(pool(CLOCK));
            runs(stage);
            assertEquals(0, stage.pools().replicas("mail"), "the pool sleeps");
            assertEquals("", stage.kubectl("get", "pods", "-l", "workerpool.dev/pool=mail", "-o", "name"));

            stage.kubectl("scale", "statefulset/mail-clock", "--replicas=3");
            await("back to one")
                    .atMost(PATIENCE)
                    .until(() -> pods(stage).size() == 1
                            && set(stage, "mail-clock").orElseThrow().getSpec().getReplicas() == 1);

            stage.enqueue("mail", 4);
            stage.pools().awaitReplicas("mail", 2, PATIENCE);
            assertEquals(1, pods(stage).size(), "it is never scaled");
            runs(stage);

            stage.apply(pool(""));
            await("it is gone")
                    .atMost(PATIENCE)
                    .until(() -> set(stage, "mail-clock").isEmpty());
            await("nothing is said of it")
                    .atMost(PATIENCE)
                    .until(() ->
                            stage.pools().condition("mail", "SingletonsReady").isEmpty());

            stage.apply(pool(CLOCK));
            runs(stage);
            stage.kubectl("delete", "wp/mail");
            await("collected with the pool")
                    .atMost(PATIENCE)
                    .until(() -> set(stage, "mail-clock").isEmpty());
        }
    }

    @Test
    void one_that_gets_another_name_waits_until_the_pod_of_the_former_is_gone(
            ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply(pool(CLOCK));
            runs(stage);
            // A pod that takes its time to end.
            stage.kubectl("patch", "pod/mail-clock-0", "-p", "{\"metadata\":{\"finalizers\":[\"example.com/slow\"]}}");
            stage.apply(pool("{name: beat, command: [beat]}"));
            await("the former is told to go")
                    .atMost(PATIENCE)
                    .until(() -> set(stage, "mail-clock")
                            .filter(set -> set.getMetadata().getDeletionTimestamp() != null)
                            .isPresent());
            await().during(Duration.ofSeconds(4))
                    .atMost(PATIENCE)
                    .until(() -> set(stage, "mail-beat").isEmpty());
            stage.kubectl("patch", "pod/mail-clock-0", "-p", "{\"metadata\":{\"finalizers\":null}}");
            runs(stage);
            assertEquals(
                    List.of("mail-beat-0"),
                    pods(stage).stream().map(pod -> pod.getMetadata().getName()).toList());
        }
    }

    @Test
    void a_strangers_statefulset_of_its_name_is_left_as_it_is(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply("""
                    apiVersion: apps/v1
                    kind: StatefulSet
                    metadata: {name: mail-clock, labels: {app.kubernetes.io/managed-by: workerpool-operator}}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: theirs}}
                      template: {metadata: {labels: {app: theirs}}, spec: {containers: [{name: a, image: example.com/a}]}}
                    """);
            Optional<StatefulSet> theirs = set(stage, "mail-clock");
            stage.apply(pool(CLOCK));
            awaits(stage, "Stalled", "NameConflict");
            assertTrue(stage.pools()
                    .condition("mail", "Stalled")
                    .map(Condition::getMessage)
                    .orElse("")
                    .startsWith("StatefulSet mail-clock exists and is not this pool's"));
            stage.enqueue("mail", 4);
            stage.pools().awaitReplicas("mail", 2, PATIENCE);
            stage.apply(pool(""));
            awaits(stage, "Stalled", "NotStalled");
            assertEquals(
                    theirs.map(set -> set.getMetadata().getGeneration()),
                    set(stage, "mail-clock").map(set -> set.getMetadata().getGeneration()));
        }
    }

    @Test
    void one_that_never_starts_is_told_of_and_another_template_takes_its_place(
            ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply(pool(CLOCK, "nodeSelector: {no: such-node}"));
            awaits(stage, "SingletonsReady", "SingletonStarting");
            stage.pools()
                    .awaitCondition(
                            "mail",
                            "SingletonsReady",
                            is -> is.getStatus().equals("False")
                                    && is.getMessage().contains("pod mail-clock-0"),
                            Duration.ofMinutes(3));
            assertTrue(stage.pools().events("WorkerPool", "mail").stream()
                    .anyMatch(event -> event.startsWith("Warning SingletonNotRunning: not running: clock")));
            stage.apply(pool(CLOCK));
            runs(stage);
        }
    }

    @Test
    void a_newer_operator_that_renders_it_otherwise_restarts_nobody(ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            stage.apply(pool(CLOCK));
            runs(stage);
            String uid = pods(stage).getFirst().getMetadata().getUid();
            // As if another version had rendered it.
            stage.kubectl(
                    "annotate", "statefulset/mail-clock", "workerpool.dev/rendered=by-another-version", "--overwrite");
            stage.enqueue("mail", 4);
            stage.pools().awaitReplicas("mail", 2, PATIENCE);
            await().during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() -> uid.equals(pods(stage).getFirst().getMetadata().getUid()));
            assertEquals(
                    1L, set(stage, "mail-clock").orElseThrow().getMetadata().getGeneration());
        }
    }

    @Test
    void those_of_two_pools_at_zero_take_up_another_connection_one_after_the_other(
            ControlPlane cluster, TestNamespace namespace) {
        try (Stage stage = Stage.of(cluster, namespace)) {
            List<String> pools = List.of("images", "mail");
            pools.forEach(name -> stage.apply(named(name, CLOCK)));
            pools.forEach(name -> runs(stage, name));
            Set<String> before = uids(stage, pools);
            stage.kubectl(
                    "patch",
                    "broker/jobs",
                    "--type=merge",
                    "-p",
                    "{\"spec\":{\"url\":{\"value\":\"%s\"}}}"
                            .formatted(stage.redis().urlWithoutCredentials().replace("localhost", "127.0.0.1")));
            await("both are replaced")
                    .atMost(PATIENCE.multipliedBy(2))
                    .until(() -> uids(stage, pools).size() == 2
                            && uids(stage, pools).stream().noneMatch(before::contains));
            pools.forEach(name -> runs(stage, name));
            List<Instant> created = pools.stream()
                    .map(name -> Instant.parse(
                            pod(stage, name).orElseThrow().getMetadata().getCreationTimestamp()))
                    .toList();
            // The first is there, and has been ready for 10 s, before the second goes; times are in whole seconds.
            assertTrue(
                    Duration.between(created.getFirst(), created.getLast())
                                    .abs()
                                    .compareTo(Duration.ofSeconds(9))
                            >= 0,
                    created::toString);
        }
    }

    private static Set<String> uids(Stage stage, List<String> pools) {
        return pools.stream()
                .flatMap(name -> pod(stage, name).stream())
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
    }

    private static Optional<Pod> pod(Stage stage, String pool) {
        return Optional.ofNullable(stage.pools()
                .client()
                .pods()
                .inNamespace(stage.pools().namespace())
                .withName(pool + "-clock-0")
                .get());
    }

    private static String pool(String singletons, String... podSpec) {
        return named("mail", singletons, podSpec);
    }

    private static String named(String name, String singletons, String... podSpec) {
        return APool.named(name)
                .with(
                        "scaling: {minReplicas: 0, maxReplicas: 2, target: {backlogPerWorker: 1}}",
                        "singletons: [%s]".formatted(singletons),
                        "template: {spec: {%scontainers: [{name: worker, image: example.com/worker:1}]}}"
                                .formatted(podSpec.length == 0 ? "" : podSpec[0] + ", "))
                .yaml();
    }

    private static void runs(Stage stage) {
        runs(stage, "mail");
    }

    private static void runs(Stage stage, String pool) {
        stage.pools()
                .awaitCondition(pool, "SingletonsReady", is -> is.getReason().equals("SingletonsRun"), PATIENCE);
    }

    private static void awaits(Stage stage, String type, String reason) {
        stage.pools().awaitCondition("mail", type, is -> is.getReason().equals(reason), PATIENCE);
    }

    private static Optional<StatefulSet> set(Stage stage, String name) {
        return Optional.ofNullable(stage.pools()
                .client()
                .apps()
                .statefulSets()
                .inNamespace(stage.pools().namespace())
                .withName(name)
                .get());
    }

    private static List<Pod> pods(Stage stage) {
        return stage.pools()
                .client()
                .pods()
                .inNamespace(stage.pools().namespace())
                .withLabel("workerpool.dev/singleton-of", "mail")
                .list()
                .getItems();
    }
}
