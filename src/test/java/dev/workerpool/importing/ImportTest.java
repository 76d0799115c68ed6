package dev.workerpool.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportTest {
    private static final Sizes SIZES = new Sizes(0, 40, 20);

    @Test
    void a_celery_worker_tells_everything_by_its_command_line() {
        assertEquals(
                """
                # For Deployment mail: decided and reported only, until scaling.mode is Active.
                # Look at scaling: something else scales this Deployment now; take it away before mode is Active, or the two would disagree.
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata:
                  name: mail
                  namespace: shop
                spec:
                  url:
                    secretKeyRef: {name: "redis", key: "url"}
                ---
                apiVersion: workerpool.dev/v1alpha1
                kind: WorkerPool
                metadata:
                  name: mail
                  namespace: shop
                spec:
                  brokerRef: {name: mail}
                  framework: Celery
                  queues:
                  - name: "critical"
                  - name: "default"
                  concurrency: 4
                  workloadRef: {kind: Deployment, name: mail}
                  scaling:
                    mode: Recommend
                    minReplicas: 1
                    maxReplicas: 40
                    target: {backlogPerWorker: 20}
                """,
                Import.of(
                        deployment(
                                "command: [celery, -A, shop, worker, -Q, \"critical,default\", --concurrency=4]",
                                "env: [{name: CELERY_BROKER_URL, valueFrom: {secretKeyRef: {name: redis, key: url}}}]"),
                        Optional.of(SIZES)));
    }

    @Test
    void a_shells_script_is_read_too() {
        String yaml = imported(
                "command: [sh, -c]",
                "args: [\"exec bundle exec sidekiq -q critical,2 -qlow -c 7\"]",
                "env: [{name: REDIS_URL, value: \"rediss://redis.example.com:6380/1\"}]");
        assertContains(yaml, "framework: Sidekiq", "- name: \"critical\"\n  - name: \"low\"", "concurrency: 7");
        assertContains(yaml, "value: \"rediss://redis.example.com:6380/1\"");
        assertFalse(yaml.contains("# Look at queues"), yaml);
    }

    @Test
    void an_rq_worker_names_its_queues_behind_its_options() {
        String yaml = imported(
                "command: [rq, worker-pool, -n, \"3\", --verbose, critical, low]",
                "env: [{name: RQ_REDIS_URL, value: \"redis://redis.example.com:6379/2\"}]");
        assertContains(yaml, "framework: RQ", "- name: \"critical\"\n  - name: \"low\"", "concurrency: 3");
        assertContains(yaml, "value: \"redis://redis.example.com:6379/2\"");
        assertContains(imported("command: [sh, -c, \"exec rq worker\"]"), "framework: RQ", "concurrency: 1");
    }

    @Test
    void a_resque_worker_names_its_queues_in_a_variable() {
        String yaml = imported(
                "command: [bundle, exec, rake, \"resque:work\"]", "env: [{name: QUEUE, value: \"critical,low\"}]");
        assertContains(yaml, "framework: Resque", "- name: \"critical\"\n  - name: \"low\"", "concurrency: 1");
    }

    @Test
    void what_the_deployment_does_not_tell_is_said() {
        String yaml = imported("image: example.com/worker:1");
        assertContains(yaml, "framework: Custom", "# Look at framework: ", "# Look at queues: ");
        assertContains(yaml, "# Look at concurrency: ", "# Look at url: ", "# Look at scaling: ");
    }

    @Test
    void a_password_in_the_template_is_never_repeated() {
        String yaml = imported(
                "command: [sidekiq]", "env: [{name: REDIS_URL, value: \"redis://:hunter2@redis.example.com:6379\"}]");
        assertFalse(yaml.contains("hunter2"), yaml);
        assertContains(yaml, "secretKeyRef: {name: \"mail-redis\", key: \"REDIS_URL\"}", "# Look at url: ");
    }

    @Test
    void the_container_that_runs_the_worker_is_found_among_others() {
        Deployment deployment = deployment("command: [celery, -A, shop, worker, -Q, mail, -c, \"2\"]");
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        pod.setContainers(List.of(
                new ContainerBuilder().withName("proxy").build(),
                pod.getContainers().getFirst()));
        assertContains(Import.of(deployment, Optional.empty()), "framework: Celery", "concurrency: 2");
    }

    private static String imported(String... lines) {
        return Import.of(deployment(lines), Optional.empty());
    }

    private static Deployment deployment(String... lines) {
        return Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: mail, namespace: shop}
                spec:
                  replicas: 3
                  template:
                    spec:
                      containers:
                      - name: worker
                        %s
                """.formatted(String.join("\n        ", lines)), Deployment.class);
    }

    private static void assertContains(String yaml, String... parts) {
        for (String part : parts) {
            assertTrue(yaml.contains(part), () -> part + " is not in:\n" + yaml);
        }
    }
}
