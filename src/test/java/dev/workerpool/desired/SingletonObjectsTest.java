package dev.workerpool.desired;

import static dev.workerpool.testing.builders.AWorkerPool.aWorkerPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.AWorkerPool;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SingletonObjectsTest {
    private static final Proven PROVEN = new Proven(
            "jobs-connection-1",
            Optional.of("jobs-trust-1"),
            Optional.of("jobs-identity-1"),
            Optional.of("jobs-code-1"),
            Optional.empty());

    @Test
    void it_is_one_pod_that_is_gone_before_the_next_one_starts() {
        StatefulSet set = rendered(aBeat());
        assertEquals("mail-beat", set.getMetadata().getName());
        assertEquals(1, set.getSpec().getReplicas());
        assertEquals("RollingUpdate", set.getSpec().getUpdateStrategy().getType());
        assertEquals("Parallel", set.getSpec().getPodManagementPolicy());
        assertEquals(30, pod(set).getTerminationGracePeriodSeconds());
    }

    @Test
    void no_selector_of_the_pools_workers_finds_it() {
        PoolSettings settings = settings(aBeat().withTemplate(pod -> pod.editOrNewMetadata()
                .addToLabels(Map.of("app", "mail", Labels.POOL, "mail"))
                .endMetadata()));
        StatefulSet set = statefulSet(settings, PROVEN);
        Map<String, String> labels = set.getSpec().getTemplate().getMetadata().getLabels();
        Deployment workers = PoolObjects.deployment(settings, PROVEN, 1);
        Map<String, String> ofWorkers = workers.getSpec().getSelector().getMatchLabels();
        assertFalse(labels.entrySet().containsAll(ofWorkers.entrySet()), labels::toString);
        assertFalse(labels.entrySet()
                .containsAll(PoolObjects.disruptionBudget(settings)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels()
                        .entrySet()));
        assertTrue(labels.entrySet()
                .containsAll(set.getSpec().getSelector().getMatchLabels().entrySet()));
        assertFalse(workers.getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels()
                .keySet()
                .containsAll(set.getSpec().getSelector().getMatchLabels().keySet()));
        assertEquals("mail", labels.get("app"), "what the author's network policies go by");
        assertEquals("jobs", labels.get(Labels.BROKER), "who waits for all of a Broker's pods waits for it, too");
    }

    @Test
    void it_is_given_its_broker_as_the_workers_are() {
        PoolSettings settings = settings(aBeat());
        Container worker = worker(PoolObjects.deployment(settings, PROVEN, 1)
                .getSpec()
                .getTemplate()
                .getSpec());
        StatefulSet set = statefulSet(settings, PROVEN);
        Container beat = worker(pod(set));
        assertEquals(worker.getImage(), beat.getImage());
        assertEquals(worker.getEnv(), beat.getEnv());
        assertTrue(beat.getVolumeMounts().containsAll(worker.getVolumeMounts()));
        assertEquals(Optional.of(PROVEN), Given.to(set));
        assertEquals("mail", pod(set).getServiceAccountName());
        assertEquals(
                List.of("python3", "/var/run/workerpool/code/run.py", "celery", "-A", "shop", "beat"),
                beat.getCommand());
    }

    @Test
    void celerys_beat_writes_its_schedule_into_a_folder_of_its_own() {
        PodSpec pod = pod(rendered(aBeat()));
        assertEquals(
                List.of("--schedule=/var/run/workerpool/schedule/celerybeat-schedule"),
                worker(pod).getArgs());
        assertTrue(worker(pod).getVolumeMounts().stream()
                .filter(mount -> "/var/run/workerpool/schedule".equals(mount.getMountPath()))
                .allMatch(mount -> mount.getReadOnly() == null));
        assertTrue(pod.getVolumes().stream()
                .anyMatch(volume -> "workerpool-schedule".equals(volume.getName()) && volume.getEmptyDir() != null));
    }

    @Test
    void an_authors_own_schedule_stays_and_so_does_his_folder() {
        assertEquals(List.of(), args(aPool().withSingleton("beat", "celery", "-A", "shop", "beat", "-s", "/data/s")));
        assertEquals(
                List.of(), args(aPool().withSingleton("beat", "celery", "-A", "shop", "beat", "--schedule=/data/s")));
        assertEquals(
                List.of("--schedule=/var/run/workerpool/schedule/celerybeat-schedule"),
                args(aPool().withSingleton(
                                "beat", "celery", "-A", "shop", "beat", "--scheduler=redbeat.RedBeatScheduler")),
                "another scheduler, which has no use for it");
        assertEquals(List.of(), args(aPool().withSingleton("beat", "sh", "-c", "exec celery -A shop beat")));
        assertEquals(List.of(), args(aPool().withSingleton("flower", "celery", "-A", "shop", "flower")));
        assertEquals(
                List.of(),
                args(aPool().withSingleton("other", "celery", "-A", "shop", "worker")),
                "nothing but what its author wrote, though it starts a worker");
        PodSpec pod = pod(rendered(aBeat().withWorker(worker -> worker.addNewVolumeMount()
                .withName("kept")
                .withMountPath("/var/run/workerpool/schedule")
                .endVolumeMount())));
        assertEquals(
                List.of("kept"),
                worker(pod).getVolumeMounts().stream()
                        .filter(mount -> "/var/run/workerpool/schedule".equals(mount.getMountPath()))
                        .map(VolumeMount::getName)
                        .toList());
    }

    @Test
    void what_is_about_being_a_worker_is_left_out() {
        Container beat = worker(pod(rendered(aBeat().withWorker(worker -> worker.withNewLivenessProbe()
                .withNewExec()
                .withCommand("celery", "inspect", "ping")
                .endExec()
                .endLivenessProbe()
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("true")
                .endExec()
                .endReadinessProbe()
                .withNewLifecycle()
                .endLifecycle()
                .addNewPort()
                .withContainerPort(9090)
                .withName("metrics")
                .endPort()))));
        assertNull(beat.getLivenessProbe());
        assertNull(beat.getReadinessProbe());
        assertNull(beat.getLifecycle());
        assertEquals(List.of(), beat.getPorts());
    }

    @Test
    void other_containers_stay_beside_it() {
        PodSpec pod = pod(rendered(aBeat().withContainers("worker", "proxy")));
        assertEquals(
                List.of("worker", "proxy"),
                pod.getContainers().stream().map(Container::getName).toList());
        assertTrue(pod.getContainers().getLast().getCommand().isEmpty());
        assertTrue(worker(pod).getEnv().stream().map(EnvVar::getName).anyMatch("CELERY_BROKER_URL"::equals));
    }

    @Test
    void its_inputs_change_with_what_it_is_made_of_and_the_pools_do_not_change_with_it() {
        String inputs = inputs(rendered(aBeat()));
        assertEquals(inputs, inputs(rendered(aBeat())));
        assertNotEquals(inputs, inputs(rendered(aPool().withSingleton("beat", "celery", "-A", "other", "beat"))));
        assertNotEquals(
                inputs, inputs(statefulSet(settings(aBeat()), new Proven("jobs-connection-2", Optional.empty()))));
        assertEquals(
                inputs(PoolObjects.deployment(settings(aPool()), PROVEN, 1)),
                inputs(PoolObjects.deployment(settings(aBeat()), PROVEN, 1)));
    }

    @Test
    void whether_people_want_something_else_of_it_is_told_from_it_whatever_its_broker_gives() {
        PoolSettings settings = settings(aBeat());
        StatefulSet live = statefulSet(settings, PROVEN);
        assertTrue(SingletonObjects.isAsAsked(
                settings, SingletonObjects.asked(settings).getFirst(), live));
        PoolSettings other = settings(aPool().withSingleton("beat", "celery", "-A", "other", "beat"));
        assertFalse(
                SingletonObjects.isAsAsked(other, SingletonObjects.asked(other).getFirst(), live));
        assertFalse(
                SingletonObjects.isAsAsked(
                        settings(aBeat().withQueue("more")),
                        SingletonObjects.asked(settings).getFirst(),
                        live),
                "as the pool, which is told its queues");
    }

    @Test
    void those_that_start_the_frameworks_worker_are_known() {
        PoolSettings settings = settings(aWorkerPool()
                .withSingleton("cron", "bundle", "exec", "sidekiq", "-q", "none")
                .withSingleton("clock", "bundle", "exec", "clockwork", "clock.rb"));
        assertEquals(List.of("cron"), SingletonObjects.workers(settings));
    }

    private static AWorkerPool aPool() {
        return aWorkerPool().ofCelery("shop");
    }

    private static AWorkerPool aBeat() {
        return aPool().withSingleton("beat", "celery", "-A", "shop", "beat");
    }

    private static List<String> args(AWorkerPool pool) {
        return worker(pod(rendered(pool))).getArgs();
    }

    private static PoolSettings settings(AWorkerPool pool) {
        return assertInstanceOf(PoolSettings.Parsed.Valid.class, PoolParser.parse(pool.build()))
                .settings();
    }

    private static StatefulSet rendered(AWorkerPool pool) {
        return statefulSet(settings(pool), PROVEN);
    }

    private static StatefulSet statefulSet(PoolSettings settings, Proven proven) {
        return SingletonObjects.statefulSet(
                settings, proven, SingletonObjects.asked(settings).getFirst());
    }

    private static PodSpec pod(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec();
    }

    private static Container worker(PodSpec pod) {
        return pod.getContainers().getFirst();
    }

    private static String inputs(HasMetadata object) {
        return Labels.annotation(object, Labels.INPUTS);
    }
}
