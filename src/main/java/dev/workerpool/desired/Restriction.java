package dev.workerpool.desired;

import static java.util.Objects.requireNonNullElseGet;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a template's author has left open, as the restricted Pod Security Standard wants it, and a root file system that the worker cannot
 * write to. Field by field the author's own word counts, and nothing is added that would contradict it.
 */
final class Restriction {
    static final String TMP_VOLUME = "workerpool-tmp";
    static final String TMP = "/tmp";
    private static final long ROOT = 0;

    private Restriction() {}

    static PodTemplateSpec of(PodTemplateSpec template) {
        PodSpec pod = template.getSpec();
        if (isOfWindows(pod)) {
            return template; // where none of these fields may be set
        }
        List<Container> workers = pod.getContainers().stream()
                .filter(container -> WorkerContainer.isWorker(container, pod.getContainers()))
                .toList();
        List<Container> containers = pod.getContainers().stream()
                .map(container -> workers.contains(container) ? worker(container) : restricted(container))
                .toList();
        boolean needsTmp = containers.stream()
                .flatMap(container -> container.getVolumeMounts().stream())
                .anyMatch(mount -> TMP_VOLUME.equals(mount.getName()));
        return new PodTemplateSpecBuilder(template)
                .editSpec()
                .withSecurityContext(ofPod(pod.getSecurityContext()))
                .withContainers(containers)
                .withInitContainers(pod.getInitContainers().stream()
                        .map(Restriction::restricted)
                        .toList())
                .withVolumes(needsTmp ? withTmp(pod.getVolumes()) : pod.getVolumes())
                .endSpec()
                .build();
    }

    static boolean isOfWindows(PodSpec pod) {
        return pod.getOs() != null && "windows".equals(pod.getOs().getName());
    }

    private static PodSecurityContext ofPod(@Nullable PodSecurityContext given) {
        PodSecurityContext author = requireNonNullElseGet(given, PodSecurityContext::new);
        PodSecurityContextBuilder pod = new PodSecurityContextBuilder(author);
        if (author.getRunAsNonRoot() == null && !isRoot(author.getRunAsUser())) {
            pod.withRunAsNonRoot(true);
        }
        if (author.getSeccompProfile() == null) {
            pod.withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile();
        }
        return pod.build();
    }

    private static Container restricted(Container author) {
        return new ContainerBuilder(author)
                .withSecurityContext(ofContainer(author))
                .build();
    }

    /** Of others than the worker nobody knows where they write to. */
    private static Container worker(Container author) {
        Container restricted = restricted(author);
        SecurityContext context = restricted.getSecurityContext();
        boolean readOnly = !Boolean.FALSE.equals(context.getReadOnlyRootFilesystem());
        boolean hasTmp = author.getVolumeMounts().stream().anyMatch(mount -> TMP.equals(mount.getMountPath()));
        ContainerBuilder worker = new ContainerBuilder(restricted)
                .withSecurityContext(new SecurityContextBuilder(context)
                        .withReadOnlyRootFilesystem(readOnly)
                        .build());
        if (readOnly && !hasTmp) {
            worker.addNewVolumeMount().withName(TMP_VOLUME).withMountPath(TMP).endVolumeMount();
        }
        return worker.build();
    }

    private static SecurityContext ofContainer(Container container) {
        SecurityContext author = requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
        SecurityContextBuilder context = new SecurityContextBuilder(author);
        if (author.getRunAsNonRoot() == null && isRoot(author.getRunAsUser())) {
            context.withRunAsNonRoot(false); // the pod's own would keep from starting what is to be root
        }
        if (Boolean.TRUE.equals(author.getPrivileged())) {
            return context.build(); // which the API server takes with nothing that restricts it
        }
        if (author.getAllowPrivilegeEscalation() == null && !added(author).contains("CAP_SYS_ADMIN")) {
            context.withAllowPrivilegeEscalation(false);
        }
        if (author.getCapabilities() == null
                || author.getCapabilities().getDrop().isEmpty()) {
            context.withCapabilities(
                    new CapabilitiesBuilder(requireNonNullElseGet(author.getCapabilities(), Capabilities::new))
                            .withDrop("ALL")
                            .build());
        }
        return context.build();
    }

    private static List<String> added(SecurityContext context) {
        return Optional.ofNullable(context.getCapabilities())
                .map(Capabilities::getAdd)
                .orElse(List.of());
    }

    private static boolean isRoot(@Nullable Long user) {
        return user != null && user == ROOT;
    }

    private static List<Volume> withTmp(List<Volume> volumes) {
        return volumes.stream().anyMatch(volume -> TMP_VOLUME.equals(volume.getName()))
                ? volumes
                : Stream.concat(
                                volumes.stream(),
                                Stream.of(new VolumeBuilder()
                                        .withName(TMP_VOLUME)
                                        .withNewEmptyDir()
                                        .endEmptyDir()
                                        .build()))
                        .toList();
    }
}
