package dev.workerpool.desired;

import static dev.workerpool.desired.WorkerPodTest.settings;
import static dev.workerpool.testing.builders.AWorkerPool.aWorkerPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.workerpool.testing.builders.AWorkerPool;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestrictionTest {
    private static final Proven PROVEN = new Proven("jobs-connection-1", Optional.empty());
    private static final Proven ANOTHER = new Proven("jobs-connection-2", Optional.empty());

    @Test
    void a_template_that_says_nothing_meets_the_restricted_standard_and_its_worker_writes_to_tmp_alone() {
        PodTemplateSpec template = template(aWorkerPool());
        assertEquals(List.of(), PodStandard.weaknesses(template));
        assertEquals(false, PodStandard.isWritable(template));
        assertEquals(
                "/tmp",
                template.getSpec().getContainers().getFirst().getVolumeMounts().stream()
                        .filter(mount -> mount.getName().equals(Restriction.TMP_VOLUME))
                        .findFirst()
                        .orElseThrow()
                        .getMountPath());
    }

    @Test
    void what_the_author_set_wins_field_by_field() {
        AWorkerPool pool = aWorkerPool()
                .withTemplate(pod -> pod.editSpec()
                        .withNewSecurityContext()
                        .withRunAsUser(1000L)
                        .endSecurityContext()
                        .endSpec())
                .withWorker(c -> c.withSecurityContext(new SecurityContextBuilder()
                        .withReadOnlyRootFilesystem(false)
                        .withNewCapabilities()
                        .addToAdd("NET_ADMIN")
                        .addToDrop("CHOWN")
                        .endCapabilities()
                        .build()));
        PodTemplateSpec template = template(pool);
        assertEquals(
                List.of("container worker: capabilities without drop ALL", "container worker: capability NET_ADMIN"),
                PodStandard.weaknesses(template));
        assertEquals(true, PodStandard.isWritable(template));
        assertEquals(1000L, template.getSpec().getSecurityContext().getRunAsUser());
        assertEquals(false, worker(template).getAllowPrivilegeEscalation());
        assertEquals(List.of(), volumes(template), "who can write everywhere is given no other folder");
    }

    @Test
    void a_worker_that_is_to_be_root_is_not_kept_from_starting() {
        PodTemplateSpec pod = template(aWorkerPool()
                .withTemplate(template -> template.editSpec()
                        .withNewSecurityContext()
                        .withRunAsUser(0L)
                        .endSecurityContext()
                        .endSpec()));
        assertNull(pod.getSpec().getSecurityContext().getRunAsNonRoot());
        assertEquals(List.of("runAsUser 0", "container worker: no runAsNonRoot"), PodStandard.weaknesses(pod));

        PodTemplateSpec container = template(aWorkerPool()
                .withWorker(c -> c.withSecurityContext(
                        new SecurityContextBuilder().withRunAsUser(0L).build())));
        assertEquals(false, worker(container).getRunAsNonRoot());
    }

    @Test
    void nothing_is_added_that_the_API_server_would_refuse() {
        SecurityContext privileged = worker(template(aWorkerPool()
                .withWorker(c -> c.withSecurityContext(
                        new SecurityContextBuilder().withPrivileged(true).build()))));
        assertNull(privileged.getAllowPrivilegeEscalation());
        SecurityContext admin = worker(template(aWorkerPool()
                .withWorker(c -> c.withSecurityContext(new SecurityContextBuilder()
                        .withNewCapabilities()
                        .addToAdd("CAP_SYS_ADMIN")
                        .endCapabilities()
                        .build()))));
        assertNull(admin.getAllowPrivilegeEscalation());
        PodTemplateSpec windows = template(aWorkerPool()
                .withTemplate(pod -> pod.editSpec().withNewOs("windows").endSpec()));
        assertNull(windows.getSpec().getSecurityContext());
    }

    @Test
    void other_containers_are_restricted_too_but_for_where_they_write() {
        PodTemplateSpec template = template(aWorkerPool()
                .withTemplate(pod -> pod.editSpec()
                        .addToContainers(
                                new ContainerBuilder().withName("proxy").build())
                        .addToInitContainers(
                                new ContainerBuilder().withName("migrate").build())
                        .endSpec()));
        assertEquals(List.of(), PodStandard.weaknesses(template));
        Container proxy = template.getSpec().getContainers().getLast();
        assertNull(proxy.getSecurityContext().getReadOnlyRootFilesystem());
        assertEquals(List.of(), proxy.getVolumeMounts());
    }

    @Test
    void a_folder_for_tmp_that_the_author_mounts_is_left() {
        PodTemplateSpec template = template(aWorkerPool()
                .withTemplate(pod -> pod.editSpec()
                        .addNewVolume()
                        .withName("scratch")
                        .withNewEmptyDir()
                        .withMedium("Memory")
                        .endEmptyDir()
                        .endVolume()
                        .endSpec())
                .withWorker(c -> c.addNewVolumeMount()
                        .withName("scratch")
                        .withMountPath("/tmp")
                        .endVolumeMount()));
        assertEquals(List.of("scratch"), volumes(template));
    }

    @Test
    void what_was_made_before_stays_as_it_is_until_people_change_the_pool() {
        Deployment before = PoolObjects.deployment(settings(aWorkerPool()), PROVEN, PodSecurity.AS_WRITTEN, 1);
        assertNull(before.getSpec().getTemplate().getSpec().getSecurityContext());
        assertEquals(PodSecurity.AS_WRITTEN, security(aWorkerPool(), Optional.of(before)));
        assertEquals(PodSecurity.RESTRICTED, security(aWorkerPool().withConcurrency(3), Optional.of(before)));
        assertEquals(PodSecurity.RESTRICTED, security(aWorkerPool(), Optional.empty()));

        // A new password alone.
        Deployment rolled = PoolObjects.deployment(settings(aWorkerPool()), ANOTHER, PodSecurity.AS_WRITTEN, 1);
        assertEquals(PodSecurity.AS_WRITTEN, security(aWorkerPool(), Optional.of(rolled)));
    }

    @Test
    void what_was_restricted_once_stays_so() {
        Deployment made = PoolObjects.deployment(settings(aWorkerPool()), PROVEN, 1);
        assertEquals(PodSecurity.RESTRICTED, security(aWorkerPool(), Optional.of(made)));
    }

    @Test
    void restricted_or_not_the_recorded_inputs_are_the_same() {
        assertEquals(
                Labels.annotation(PoolObjects.deployment(settings(aWorkerPool()), PROVEN, 1), Labels.INPUTS),
                Labels.annotation(
                        PoolObjects.deployment(settings(aWorkerPool()), PROVEN, PodSecurity.AS_WRITTEN, 1),
                        Labels.INPUTS));
    }

    private static PodSecurity security(AWorkerPool pool, Optional<Deployment> live) {
        return PodSecurity.of(settings(pool), live, () -> {
            throw new AssertionError("Sidekiq's Deployment tells");
        });
    }

    private static PodTemplateSpec template(AWorkerPool pool) {
        return PoolObjects.deployment(settings(pool), PROVEN, 1).getSpec().getTemplate();
    }

    private static SecurityContext worker(PodTemplateSpec template) {
        return template.getSpec().getContainers().getFirst().getSecurityContext();
    }

    private static List<String> volumes(PodTemplateSpec template) {
        return template.getSpec().getVolumes().stream()
                .filter(volume -> volume.getEmptyDir() != null)
                .map(volume -> volume.getName())
                .toList();
    }
}
