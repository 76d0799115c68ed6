package dev.workerpool.desired;

import static dev.workerpool.testing.builders.AWorkerPool.aWorkerPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.AWorkerPool;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkerPodTest {
    private static final Proven PLAIN = new Proven("jobs-connection-1", Optional.empty());
    private static final Proven TLS = new Proven("jobs-connection-2", Optional.of("jobs-trust-2"));

    @Test
    void a_worker_whose_command_nobody_gave_is_started_as_its_framework_says() {
        Container worker = worker(aWorkerPool().withQueue("mail").withConcurrency(3), PLAIN);
        assertEquals(List.of("bundle", "exec", "sidekiq"), worker.getCommand());
        assertEquals(List.of("-c", "3", "-t", "295", "-q", "mail"), worker.getArgs());
    }

    private static final Proven WITH_CODE = new Proven(
            "jobs-connection-2",
            Optional.of("jobs-trust-2"),
            Optional.empty(),
            Optional.of("jobs-code-2"),
            Optional.empty());

    @Test
    void a_worker_whose_command_is_known_is_started_by_the_mounted_code() {
        Container worker = worker(
                aWorkerPool()
                        .withWorker(
                                c -> c.withCommand("bundle", "exec", "sidekiq").withArgs("-c", "1")),
                WITH_CODE);
        assertEquals(
                List.of("ruby", "/var/run/workerpool/code/run.rb", "bundle", "exec", "sidekiq"), worker.getCommand());
        assertEquals(List.of("-c", "1", "-t", "295", "-q", "default"), worker.getArgs());
        assertTrue(worker.getEnv().stream()
                .anyMatch(env -> env.getName().equals("WORKERPOOL_TRUST")
                        && env.getValue().equals("/var/run/workerpool/code/trust.json")));
        assertTrue(worker.getVolumeMounts().stream()
                .anyMatch(mount -> mount.getMountPath().equals("/var/run/workerpool/code")));
    }

    @Test
    void a_client_certificate_is_mounted_beside() {
        Container worker = worker(
                aWorkerPool(),
                new Proven(
                        "jobs-connection-2",
                        Optional.of("jobs-trust-2"),
                        Optional.of("jobs-identity-2"),
                        Optional.empty(),
                        Optional.empty()));
        assertTrue(worker.getVolumeMounts().stream()
                .anyMatch(mount -> mount.getMountPath().equals("/var/run/workerpool/identity")));
    }

    @Test
    void what_messages_are_signed_by_is_mounted_and_named() {
        AWorkerPool celery = aWorkerPool().ofCelery("shop.tasks");
        Container worker = worker(celery, WITH_CODE.signingBy(Optional.of("mail-signing-1")));
        assertTrue(worker.getEnv().stream()
                .anyMatch(env -> env.getName().equals("WORKERPOOL_SIGNING")
                        && env.getValue().equals("/var/run/workerpool/signing/signing.json")));
        assertTrue(worker.getVolumeMounts().stream()
                .anyMatch(mount -> mount.getMountPath().equals("/var/run/workerpool/signing")));
        assertTrue(worker(celery, WITH_CODE).getEnv().stream()
                .noneMatch(env -> env.getName().equals("WORKERPOOL_SIGNING")));
    }

    @Test
    void an_author_who_sets_the_code_s_variable_sees_to_trust() {
        Container worker = worker(
                aWorkerPool()
                        .withWorker(c -> c.withCommand("bundle", "exec", "sidekiq")
                                .withEnv(new EnvVar("WORKERPOOL_TRUST", "", null))),
                WITH_CODE);
        assertEquals(List.of("bundle", "exec", "sidekiq"), worker.getCommand());
        assertEquals(
                1,
                worker.getEnv().stream()
                        .filter(env -> env.getName().equals("WORKERPOOL_TRUST"))
                        .count());
    }

    @Test
    void a_worker_whose_image_alone_knows_its_command_is_left_to_its_environment() {
        Container worker = worker(
                aWorkerPool().withWorker(c -> c.withArgs("bundle", "exec", "sidekiq", "-C", "config.yml")), WITH_CODE);
        assertEquals(List.of(), worker.getCommand());
    }

    @Test
    void flags_follow_the_author_s_words_and_those_the_author_gave_are_left_alone() {
        Container worker = worker(
                aWorkerPool()
                        .withQueue("mail")
                        .withWorker(
                                c -> c.withCommand("bundle", "exec", "sidekiq").withArgs("-c", "1", "--queue=other")),
                PLAIN);
        assertEquals(List.of("-c", "1", "--queue=other", "-t", "295"), worker.getArgs());
    }

    @Test
    void a_command_that_starts_something_else_gets_no_flags() {
        Container worker = worker(aWorkerPool().withWorker(c -> c.withCommand("/start.sh")), PLAIN);
        assertEquals(List.of("/start.sh"), worker.getCommand());
        assertEquals(List.of(), worker.getArgs());
    }

    @Test
    void arguments_alone_that_name_the_program_are_for_the_image_s_own_entrypoint() {
        Container worker = worker(
                aWorkerPool().withWorker(c -> c.withArgs("bundle", "exec", "sidekiq", "-C", "config.yml")), PLAIN);
        assertEquals(List.of(), worker.getCommand());
        assertEquals(
                List.of("bundle", "exec", "sidekiq", "-C", "config.yml"),
                worker.getArgs().subList(0, 5));
        assertTrue(worker.getArgs().contains("-t"), worker.getArgs().toString());
    }

    @Test
    void arguments_alone_that_do_not_follow_the_framework_s_own_command() {
        Container worker = worker(aWorkerPool().withWorker(c -> c.withArgs("-C", "config.yml")), PLAIN);
        assertEquals(List.of("bundle", "exec", "sidekiq"), worker.getCommand());
        assertEquals(List.of("-C", "config.yml"), worker.getArgs().subList(0, 2));
    }

    @Test
    void the_operator_s_variables_come_first_so_that_the_author_s_may_refer_to_them() {
        Container worker = worker(
                aWorkerPool()
                        .ofCelery("shop")
                        .withWorker(c -> c.addNewEnv()
                                .withName("RESULTS")
                                .withValue("$(CELERY_BROKER_URL)")
                                .endEnv()),
                PLAIN);
        List<String> names = worker.getEnv().stream().map(EnvVar::getName).toList();
        assertEquals("RESULTS", names.getLast());
        assertTrue(names.contains("CELERY_BROKER_URL"));
    }

    @Test
    void a_variable_that_the_author_set_stays_the_author_s() {
        Container worker = worker(
                aWorkerPool()
                        .withWorker(c -> c.addNewEnv()
                                .withName("REDIS_URL")
                                .withValue("redis://mine")
                                .endEnv()),
                PLAIN);
        assertEquals(
                List.of("redis://mine"),
                worker.getEnv().stream()
                        .filter(env -> "REDIS_URL".equals(env.getName()))
                        .map(EnvVar::getValue)
                        .toList());
    }

    @Test
    void where_the_mounted_code_is_in_force_the_variable_that_the_image_may_use_otherwise_is_left_to_it() {
        assertFalse(names(aWorkerPool(), WITH_CODE).contains("REDIS_URL"));
        assertFalse(names(aWorkerPool(), WITH_CODE).contains("SSL_CERT_FILE"));
        AWorkerPool withoutCommand = aWorkerPool().withWorker(c -> c.withArgs("bundle", "exec", "sidekiq"));
        assertTrue(names(withoutCommand, WITH_CODE).containsAll(List.of("REDIS_URL", "SSL_CERT_FILE")));
        assertTrue(names(aWorkerPool(), TLS).containsAll(List.of("REDIS_URL", "SSL_CERT_FILE")));
    }

    @Test
    void a_variable_that_the_author_s_own_refer_to_is_there() {
        AWorkerPool referring = aWorkerPool()
                .withWorker(c -> c.addNewEnv()
                        .withName("QUEUE_URL")
                        .withValue("$(REDIS_URL)")
                        .endEnv());
        assertTrue(names(referring, WITH_CODE).contains("REDIS_URL"));
    }

    private static List<String> names(AWorkerPool pool, Proven proven) {
        return worker(pool, proven).getEnv().stream().map(EnvVar::getName).toList();
    }

    @Test
    void a_worker_refers_to_the_proven_Secrets_alone() {
        PodTemplateSpec pod = pod(aWorkerPool(), TLS);
        assertEquals(
                List.of("jobs-connection-2", "jobs-trust-2"),
                pod.getSpec().getVolumes().stream()
                        .map(volume -> volume.getSecret().getSecretName())
                        .toList());
        assertEquals(
                Set.of("jobs-connection-2"),
                pod.getSpec().getContainers().getFirst().getEnv().stream()
                        .filter(env -> env.getValueFrom() != null)
                        .map(env -> env.getValueFrom().getSecretKeyRef().getName())
                        .collect(Collectors.toSet()));
    }

    @Test
    void what_the_author_mounts_in_the_same_place_stays() {
        PodTemplateSpec pod = pod(
                aWorkerPool()
                        .withTemplate(t -> t.editSpec()
                                .addNewVolume()
                                .withName("workerpool-trust")
                                .withNewConfigMap()
                                .withName("mine")
                                .endConfigMap()
                                .endVolume()
                                .endSpec())
                        .withWorker(c -> c.addNewVolumeMount()
                                .withName("workerpool-trust")
                                .withMountPath("/var/run/workerpool/trust")
                                .endVolumeMount()),
                TLS);
        assertEquals(
                List.of("workerpool-trust", "workerpool-connection"),
                pod.getSpec().getVolumes().stream().map(Volume::getName).toList());
        assertEquals(
                List.of("/var/run/workerpool/trust", "/var/run/workerpool/connection"),
                pod.getSpec().getContainers().getFirst().getVolumeMounts().stream()
                        .map(VolumeMount::getMountPath)
                        .toList());
    }

    @Test
    void only_the_worker_is_changed() {
        PodTemplateSpec pod = pod(aWorkerPool().withContainers("proxy", "worker"), TLS);
        Container proxy = pod.getSpec().getContainers().getFirst();
        assertEquals(List.of(), proxy.getEnv());
        assertEquals(List.of(), proxy.getVolumeMounts());
        assertEquals(
                2, pod.getSpec().getContainers().getLast().getVolumeMounts().size());
    }

    @Test
    void the_kubelet_waits_ten_seconds_longer_than_the_worker_may_drain() {
        assertEquals(
                70L, pod(aWorkerPool().withDrainTimeout("1m"), PLAIN).getSpec().getTerminationGracePeriodSeconds());
    }

    @Test
    void the_author_s_labels_stay_beside_those_by_which_the_pods_are_known() {
        Map<String, String> labels = pod(
                        aWorkerPool()
                                .withTemplate(t -> t.editOrNewMetadata()
                                        .addToLabels("team", "shop")
                                        .addToLabels("workerpool.dev/pool", "mine")
                                        .endMetadata()),
                        PLAIN)
                .getMetadata()
                .getLabels();
        assertEquals("shop", labels.get("team"));
        assertEquals("mail", labels.get("workerpool.dev/pool"));
    }

    @Test
    void the_pods_have_an_account_of_their_own_unless_the_author_names_one() {
        assertEquals("mail", pod(aWorkerPool(), PLAIN).getSpec().getServiceAccountName());
        AWorkerPool named = aWorkerPool()
                .withTemplate(t -> t.editSpec().withServiceAccountName("mine").endSpec());
        assertEquals("mine", pod(named, PLAIN).getSpec().getServiceAccountName());
    }

    @Test
    void the_account_s_older_field_is_heard_too() {
        AWorkerPool named = aWorkerPool()
                .withTemplate(t -> t.editSpec().withServiceAccount("mine").endSpec());
        assertEquals("mine", pod(named, PLAIN).getSpec().getServiceAccountName());
        assertEquals(Optional.empty(), PoolObjects.serviceAccount(settings(named)));
    }

    @Test
    void fields_newer_than_the_client_library_pass_through() {
        AWorkerPool newer = aWorkerPool()
                .withTemplate(t -> t.editSpec()
                        .addToAdditionalProperties("workloadRef", Map.of("name", "gang"))
                        .endSpec());
        assertEquals(
                Map.of("name", "gang"),
                pod(newer, PLAIN).getSpec().getAdditionalProperties().get("workloadRef"));
    }

    static PoolSettings settings(AWorkerPool pool) {
        return ((PoolSettings.Parsed.Valid) PoolParser.parse(pool.build())).settings();
    }

    private static PodTemplateSpec pod(AWorkerPool pool, Proven proven) {
        return new WorkerPod(settings(pool), proven).template();
    }

    private static Container worker(AWorkerPool pool, Proven proven) {
        return pod(pool, proven).getSpec().getContainers().getFirst();
    }
}
