package dev.workerpool.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.RuleCase.Subject;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kube.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person at a terminal sees. */
@RealControlPlane
class KubectlIT {
    @Test
    void get_shows_a_pool_in_the_order_in_which_one_asks(ControlPlane controlPlane, TestNamespace namespace) {
        apply(controlPlane, namespace, Subject.POOL);
        String minutesAgo = Instant.now()
                .minus(3, ChronoUnit.MINUTES)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        setStatus(controlPlane, namespace, "wp/mail", """
                {"waiting": 120, "oldestEnqueuedTime": "%s", "readyReplicas": 3,
                 "decision": {"replicas": 6, "reason": "Backlog", "message": "m", "time": "%1$s"}}
                """.formatted(minutesAgo));
        for (String resource : List.of("wp", "workerpools")) {
            List<String> lines = get(controlPlane, namespace, resource);
            assertEquals("NAME FRAMEWORK WAITING OLDEST DESIRED READY WHY AGE", lines.getFirst());
            assertTrue(lines.getLast().matches("mail Sidekiq 120 3m\\d*s? 6 3 Backlog \\d+s"), lines.getLast());
        }
    }

    @Test
    void get_shows_a_broker_in_the_order_in_which_one_asks(ControlPlane controlPlane, TestNamespace namespace) {
        apply(controlPlane, namespace, Subject.BROKER);
        setStatus(controlPlane, namespace, "broker/jobs", """
                {"endpoint": "redis.example.com:6379", "server": {"version": "7.0.15", "tls": "TLSv1.3"},
                 "conditions": [{"type": "Ready", "status": "True", "reason": "Proven", "message": "m",
                                 "lastTransitionTime": "2026-01-01T00:00:00Z"}]}
                """);
        List<String> lines = get(controlPlane, namespace, "brokers");
        assertEquals("NAME ENDPOINT SERVER TLS READY WHY AGE", lines.getFirst());
        assertTrue(
                lines.getLast().matches("jobs redis.example.com:6379 7.0.15 TLSv1.3 True Proven \\d+s"),
                lines.getLast());
    }

    @Test
    void the_category_shows_both_kinds(ControlPlane controlPlane, TestNamespace namespace) {
        apply(controlPlane, namespace, Subject.POOL);
        apply(controlPlane, namespace, Subject.BROKER);
        assertEquals(
                List.of("broker.workerpool.dev/jobs", "workerpool.workerpool.dev/mail"),
                controlPlane
                        .kubectl("get", "workerfleet", "-n", namespace.name(), "-o", "name")
                        .succeeded()
                        .lines()
                        .sorted()
                        .toList());
    }

    /** A category of that name would make it two kinds, of which kubectl takes no name. */
    @Test
    void one_pool_is_found_by_its_kind_and_name(ControlPlane controlPlane, TestNamespace namespace) {
        apply(controlPlane, namespace, Subject.POOL);
        assertEquals(
                "workerpool.workerpool.dev/mail",
                controlPlane
                        .kubectl("get", "workerpool", "mail", "-n", namespace.name(), "-o", "name")
                        .succeeded()
                        .strip());
    }

    @Test
    void scale_sets_replicas_and_reads_what_the_status_says(ControlPlane controlPlane, TestNamespace namespace) {
        apply(controlPlane, namespace, Subject.POOL);
        setStatus(controlPlane, namespace, "wp/mail", "{\"replicas\": 2, \"selector\": \"app=mail\"}");
        controlPlane
                .kubectl("scale", "wp/mail", "--replicas=3", "--current-replicas=1", "-n", namespace.name())
                .succeeded();
        assertEquals("3", read(controlPlane, namespace, "{.spec.replicas}"));
        assertEquals(
                "3 2 app=mail",
                controlPlane
                        .kubectl(
                                "get",
                                "wp/mail",
                                "--subresource=scale",
                                "-n",
                                namespace.name(),
                                "-o",
                                "jsonpath={.spec.replicas} {.status.replicas} {.status.selector}")
                        .succeeded());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workerpool | One kind of worker",
                "workerpool.spec | The job framework: Celery, Sidekiq, RQ, BullMQ",
                "workerpool.spec.scaling | How long idleness must be proven",
                "workerpool.spec.scaling.mode | leave replicas in force",
                "workerpool.spec.template | The pods, as in a Deployment",
                "workerpool.status.conditions | Ready, Reconciling, Stalled",
                "broker | Where jobs wait",
                "broker.spec.tls.trust.source | the public authorities",
            })
    void explain_tells_what_a_field_is_for(String field, String words, ControlPlane controlPlane) {
        String said = controlPlane.kubectl("explain", field).succeeded().replaceAll("\\s+", " ");
        assertTrue(said.contains(words), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--server-side=false", "--server-side=true"})
    void apply_refuses_a_name_of_53_characters_in_words(
            String serverSide, ControlPlane controlPlane, TestNamespace namespace, @TempDir Path folder)
            throws IOException {
        for (Subject subject : Subject.values()) {
            String manifest = subject.with("metadata: {name: %s}".formatted("a".repeat(53)))
                    .toString();
            Path file = Files.writeString(folder.resolve(subject + ".json"), manifest);
            Tool.Result refused =
                    controlPlane.kubectl("apply", serverSide, "-n", namespace.name(), "-f", file.toString());
            assertEquals(1, refused.exitCode());
            assertTrue(
                    refused.err()
                            .matches("(?s).*is invalid: metadata.name: Invalid value: a (pool|broker)'s name "
                                    + "must have at most 52 characters: its (pods|Secrets) are named after it\\n"),
                    refused.err());
        }
    }

    @Test
    void apply_refuses_a_misspelt_field(ControlPlane controlPlane, TestNamespace namespace) {
        Tool.Result refused = controlPlane.apply(
                namespace, Subject.POOL.with("spec: {drainTimout: 5m}").toString());
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("unknown field \"spec.drainTimout\""), refused.err());
    }

    private static void apply(ControlPlane controlPlane, TestNamespace namespace, Subject subject) {
        controlPlane.apply(namespace, subject.with("{}").toString()).succeeded();
    }

    private static void setStatus(ControlPlane controlPlane, TestNamespace namespace, String name, String status) {
        controlPlane
                .kubectl(
                        "patch",
                        name,
                        "-n",
                        namespace.name(),
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\": " + status + "}")
                .succeeded();
    }

    private static String read(ControlPlane controlPlane, TestNamespace namespace, String path) {
        return controlPlane
                .kubectl("get", "wp/mail", "-n", namespace.name(), "-o", "jsonpath=" + path)
                .succeeded();
    }

    private static List<String> get(ControlPlane controlPlane, TestNamespace namespace, String resource) {
        Stream<String> lines = controlPlane
                .kubectl("get", resource, "-n", namespace.name())
                .succeeded()
                .lines();
        return lines.map(line -> line.strip().replaceAll("\\s+", " ")).toList();
    }
}
