package dev.workerpool.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands in the cluster for the Broker jobs and its pools, compared with what a user was promised. */
record WhatItMade(KubernetesClient client, Pools pools) {
    private static final Pattern CERTIFICATE = Pattern.compile("-----BEGIN CERTIFICATE-----");

    /**
     * A framework's arguments for the pool {@code %s} of concurrency 2 and drainTimeout 30s, its variables, and those of the template's
     * author.
     */
    record Start(List<String> args, List<String> variables, List<String> authors) {}

    static final Start CELERY = new Start(
            List.of(
                    "--concurrency=2",
                    "--queues=%s",
                    "--hostname=celery@$(POD_NAME)",
                    "--without-gossip",
                    "--without-mingle"),
            List.of(
                    "POD_NAME=metadata.name",
                    "CELERY_BROKER_URL=celery-url",
                    "CELERY_WORKER_CONCURRENCY=2",
                    "CELERY_WORKER_QUEUES=%s",
                    "CELERY_WORKER_HOSTNAME=celery@$(POD_NAME)"),
            List.of("PYTHONDONTWRITEBYTECODE=1"));

    static final Start SIDEKIQ = new Start(
            List.of("-c", "2", "-t", "25", "-q", "%s"),
            List.of(
                    "WORKERPOOL_BROKER_URL=uri",
                    "REDIS_PROVIDER=WORKERPOOL_BROKER_URL",
                    "WORKERPOOL_URL_DEFAULT_FOR=REDIS_URL",
                    "RAILS_MAX_THREADS=2"),
            List.of());

    void connectionOf(RedisServer redis, String password) {
        BrokerStatus status = Objects.requireNonNull(pools.broker("jobs").getStatus());
        assertEquals("localhost:" + redis.port(), status.endpoint());
        assertTrue(!status.toString().contains(password), "no password in the status");

        Map<String, String> connection = data(frozen(connectionSecret()));
        assertEquals("localhost", connection.get("host"));
        assertEquals(password, connection.get("password"));
        assertEquals("rediss://default:%s@localhost:%d/0".formatted(password, redis.port()), connection.get("uri"));

        String bundle = Objects.requireNonNull(data(frozen(trustSecret())).get("ca.crt"));
        assertTrue(bundle.contains(redis.caPem().strip()), "the private authority");
        assertTrue(CERTIFICATE.matcher(bundle).results().count() > 50, "and the system's roots");
    }

    void workersOf(String pool, Start start) {
        var deployment = pools.deployment(pool).orElseThrow();
        ownedBy(pool, deployment);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        assertEquals(40, pod.getTerminationGracePeriodSeconds(), "drainTimeout and ten seconds");
        assertEquals(pool, pod.getServiceAccountName());
        Container worker = pod.getContainers().getFirst();
        assertTrue(
                worker.getCommand().get(1).matches("/var/run/workerpool/code/run[.](py|rb)"), "the mounted code first");
        assertEquals(filled(start.args(), pool), worker.getArgs());
        List<String> variables = new ArrayList<>(filled(start.variables(), pool));
        variables.add("WORKERPOOL_TRUST=/var/run/workerpool/code/trust.json");
        variables.addAll(start.authors());
        assertEquals(variables, worker.getEnv().stream().map(this::text).toList());
        assertEquals(
                List.of(
                        "/var/run/workerpool/connection",
                        "/var/run/workerpool/trust",
                        "/var/run/workerpool/code",
                        "/tmp"),
                worker.getVolumeMounts().stream().map(VolumeMount::getMountPath).toList());
        assertEquals(
                List.of(connectionSecret(), trustSecret(), codeSecret()),
                pod.getVolumes().stream()
                        .filter(volume -> volume.getSecret() != null)
                        .map(volume -> volume.getSecret().getSecretName())
                        .toList());
        besides(pool);
    }

    private void besides(String pool) {
        var account = client.serviceAccounts()
                .inNamespace(pools.namespace())
                .withName(pool)
                .require();
        ownedBy(pool, account);
        assertEquals(false, account.getAutomountServiceAccountToken());
        PodDisruptionBudget budget = client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(pools.namespace())
                .withName(pool)
                .require();
        ownedBy(pool, budget);
        assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal());
        assertEquals("AlwaysAllow", budget.getSpec().getUnhealthyPodEvictionPolicy());
    }

    private void ownedBy(String pool, HasMetadata child) {
        OwnerReference owner = child.getMetadata().getOwnerReferences().getFirst();
        assertEquals("WorkerPool/" + pool, owner.getKind() + "/" + owner.getName());
        assertEquals(pools.pool(pool).getMetadata().getUid(), owner.getUid());
        assertTrue(owner.getController(), "its controller");
    }

    private String text(EnvVar variable) {
        var from = variable.getValueFrom();
        if (from == null) {
            return variable.getName() + "=" + variable.getValue();
        }
        if (from.getFieldRef() != null) {
            return variable.getName() + "=" + from.getFieldRef().getFieldPath();
        }
        assertEquals(connectionSecret(), from.getSecretKeyRef().getName());
        return variable.getName() + "=" + from.getSecretKeyRef().getKey();
    }

    private static List<String> filled(List<String> texts, String pool) {
        return texts.stream().map(text -> text.replace("%s", pool)).toList();
    }

    private String connectionSecret() {
        return proven().connectionSecret();
    }

    private String trustSecret() {
        return Optional.ofNullable(proven().trustSecret()).orElseThrow();
    }

    private String codeSecret() {
        String name = Optional.ofNullable(proven().codeSecret()).orElseThrow();
        frozen(name);
        return name;
    }

    private BrokerStatus.Proven proven() {
        return Objects.requireNonNull(
                Objects.requireNonNull(pools.broker("jobs").getStatus()).proven());
    }

    /** A Secret of the Broker's that nobody can change. */
    private Secret frozen(String name) {
        Secret secret =
                client.secrets().inNamespace(pools.namespace()).withName(name).require();
        assertTrue(secret.getImmutable(), name);
        assertTrue(name.matches("jobs-(connection|trust|code)-[0-9a-f]{20}"), name);
        assertEquals(
                "Broker", secret.getMetadata().getOwnerReferences().getFirst().getKind());
        return secret;
    }

    private static Map<String, String> data(Secret secret) {
        return secret.getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
    }
}
