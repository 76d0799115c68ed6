package dev.workerpool.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In what a template is weaker than the restricted Pod Security Standard, as Kubernetes 1.35 has it (k8s.io/pod-security-admission, policy). A
 * test asks a real API server the same.
 */
public final class PodStandard {
    private static final Set<String> SAFE_SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");
    private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");
    private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private PodStandard() {}

    /** Each by the names of its fields, such as {@code hostNetwork} or {@code container worker: runAsUser 0}; none where it meets the standard. */
    public static List<String> weaknesses(PodTemplateSpec template) {
        PodSpec pod = template.getSpec();
        PodSecurityContext context = Objects.requireNonNullElseGet(pod.getSecurityContext(), PodSecurityContext::new);
        List<String> found = new ArrayList<>(ofHost(pod));
        pod.getVolumes().stream()
                .filter(volume -> !isAllowed(volume))
                .map(volume -> "volume " + volume.getName() + " of its kind")
                .forEach(found::add);
        found.addAll(ofPod(context, isRelaxed(pod)));
        Optional.ofNullable(template.getMetadata().getAnnotations()).orElse(Map.of()).entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(APPARMOR) && entry.getValue().equals("unconfined"))
                .map(entry -> "container " + entry.getKey().substring(APPARMOR.length()) + ": AppArmor unconfined")
                .forEach(found::add);
        ContainerStandard standard = new ContainerStandard(context, !Restriction.isOfWindows(pod), isRelaxed(pod));
        for (Container container : Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .toList()) {
            standard.weaknesses(container).stream()
                    .map(weakness -> "container " + container.getName() + ": " + weakness)
                    .forEach(found::add);
        }
        return found;
    }

    /** Whether the worker can write to its image's files, which no standard is about. */
    public static boolean isWritable(PodTemplateSpec template) {
        List<Container> containers = template.getSpec().getContainers();
        return containers.stream()
                .filter(container -> WorkerContainer.isWorker(container, containers))
                .anyMatch(container -> container.getSecurityContext() == null
                        || !Boolean.TRUE.equals(container.getSecurityContext().getReadOnlyRootFilesystem()));
    }

    /** Root in a user namespace of the pod's own is nobody outside. */
    private static boolean isRelaxed(PodSpec pod) {
        return Boolean.FALSE.equals(pod.getHostUsers());
    }

    private static List<String> ofHost(PodSpec pod) {
        List<String> found = new ArrayList<>();
        addIf(found, pod.getHostNetwork(), "hostNetwork");
        addIf(found, pod.getHostPID(), "hostPID");
        addIf(found, pod.getHostIPC(), "hostIPC");
        return found;
    }

    private static void addIf(List<String> found, @Nullable Boolean set, String name) {
        if (Boolean.TRUE.equals(set)) {
            found.add(name);
        }
    }

    private static List<String> ofPod(PodSecurityContext pod, boolean relaxed) {
        List<String> found = new ArrayList<>();
        if (!relaxed && Boolean.FALSE.equals(pod.getRunAsNonRoot())) {
            found.add("runAsNonRoot false");
        }
        if (!relaxed && Objects.equals(pod.getRunAsUser(), 0L)) {
            found.add("runAsUser 0");
        }
        if (isUnconfined(pod.getSeccompProfile())) {
            found.add("seccompProfile Unconfined");
        }
        if (pod.getAppArmorProfile() != null
                && "Unconfined".equals(pod.getAppArmorProfile().getType())) {
            found.add("appArmorProfile Unconfined");
        }
        if (ContainerStandard.isForbidden(pod.getSeLinuxOptions())) {
            found.add("seLinuxOptions");
        }
        if (pod.getWindowsOptions() != null
                && Boolean.TRUE.equals(pod.getWindowsOptions().getHostProcess())) {
            found.add("hostProcess");
        }
        pod.getSysctls().stream()
                .map(Sysctl::getName)
                .filter(name -> !SAFE_SYSCTLS.contains(name))
                .map("sysctl "::concat)
                .forEach(found::add);
        return found;
    }

    static boolean isUnconfined(@Nullable SeccompProfile profile) {
        return profile != null && !SECCOMP.contains(profile.getType());
    }

    private static boolean isAllowed(Volume volume) {
        return Stream.of(
                        volume.getConfigMap(),
                        volume.getCsi(),
                        volume.getDownwardAPI(),
                        volume.getEmptyDir(),
                        volume.getEphemeral(),
                        volume.getImage(),
                        volume.getPersistentVolumeClaim(),
                        volume.getProjected(),
                        volume.getSecret())
                .anyMatch(Objects::nonNull);
    }
}
