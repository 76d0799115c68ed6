package dev.workerpool.desired;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@link PodStandard} asks of each container.
 *
 * @param pod what holds where a container says nothing
 * @param linux whether what only Linux has is asked for
 * @param relaxed whether root is nobody outside of the pod
 */
record ContainerStandard(PodSecurityContext pod, boolean linux, boolean relaxed) {
    private static final Set<String> SELINUX_TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

    List<String> weaknesses(Container container) {
        SecurityContext context = Objects.requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
        List<String> found = new ArrayList<>();
        if (!relaxed) {
            user(context).forEach(found::add);
        }
        if (linux) {
            ofLinux(context).forEach(found::add);
        }
        capabilitiesAdded(context).forEach(found::add);
        if (Boolean.TRUE.equals(context.getPrivileged())) {
            found.add("privileged");
        }
        if (context.getProcMount() != null && !"Default".equals(context.getProcMount())) {
            found.add("procMount " + context.getProcMount());
        }
        if (context.getAppArmorProfile() != null
                && "Unconfined".equals(context.getAppArmorProfile().getType())) {
            found.add("appArmorProfile Unconfined");
        }
        if (isForbidden(context.getSeLinuxOptions())) {
            found.add("seLinuxOptions");
        }
        if (context.getWindowsOptions() != null
                && Boolean.TRUE.equals(context.getWindowsOptions().getHostProcess())) {
            found.add("hostProcess");
        }
        found.addAll(ofNetwork(container));
        return found;
    }

    private Stream<String> user(SecurityContext context) {
        Stream.Builder<String> found = Stream.builder();
        if (Boolean.FALSE.equals(context.getRunAsNonRoot())) {
            found.add("runAsNonRoot false");
        } else if (context.getRunAsNonRoot() == null && pod.getRunAsNonRoot() == null) {
            found.add("no runAsNonRoot");
        }
        if (Objects.equals(context.getRunAsUser(), 0L)) {
            found.add("runAsUser 0");
        }
        return found.build();
    }

    private Stream<String> ofLinux(SecurityContext context) {
        Stream.Builder<String> found = Stream.builder();
        if (!Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())) {
            found.add("allowPrivilegeEscalation");
        }
        if (PodStandard.isUnconfined(context.getSeccompProfile())) {
            found.add("seccompProfile Unconfined");
        } else if (context.getSeccompProfile() == null && pod.getSeccompProfile() == null) {
            found.add("no seccompProfile");
        }
        boolean dropsAll = Optional.ofNullable(context.getCapabilities()).map(Capabilities::getDrop).stream()
                .flatMap(List::stream)
                .anyMatch("ALL"::equals);
        if (!dropsAll) {
            found.add("capabilities without drop ALL");
        }
        return found.build();
    }

    private static Stream<String> capabilitiesAdded(SecurityContext context) {
        return Optional.ofNullable(context.getCapabilities()).map(Capabilities::getAdd).stream()
                .flatMap(List::stream)
                .filter(name -> !"NET_BIND_SERVICE".equals(name))
                .map("capability "::concat);
    }

    static boolean isForbidden(@Nullable SELinuxOptions options) {
        return options != null
                && (!SELINUX_TYPES.contains(Objects.requireNonNullElse(options.getType(), ""))
                        || isSet(options.getUser())
                        || isSet(options.getRole()));
    }

    private static List<String> ofNetwork(Container container) {
        List<String> found = new ArrayList<>();
        container.getPorts().stream()
                .map(ContainerPort::getHostPort)
                .filter(port -> port != null && port != 0)
                .map(port -> "hostPort " + port)
                .forEach(found::add);
        Optional<Lifecycle> lifecycle = Optional.ofNullable(container.getLifecycle());
        boolean namesHost = Stream.concat(
                        Stream.of(
                                        container.getLivenessProbe(),
                                        container.getReadinessProbe(),
                                        container.getStartupProbe())
                                .flatMap(ContainerStandard::hosts),
                        Stream.concat(
                                        lifecycle.map(Lifecycle::getPostStart).stream(),
                                        lifecycle.map(Lifecycle::getPreStop).stream())
                                .flatMap(ContainerStandard::hosts))
                .anyMatch(ContainerStandard::isSet);
        if (namesHost) {
            found.add("a probe or lifecycle hook of another host");
        }
        return found;
    }

    private static Stream<String> hosts(@Nullable Probe probe) {
        return probe == null ? Stream.empty() : hosts(probe.getHttpGet(), probe.getTcpSocket());
    }

    private static Stream<String> hosts(LifecycleHandler handler) {
        return hosts(handler.getHttpGet(), handler.getTcpSocket());
    }

    private static Stream<String> hosts(@Nullable HTTPGetAction get, @Nullable TCPSocketAction socket) {
        return Stream.concat(
                Optional.ofNullable(get).map(HTTPGetAction::getHost).stream(),
                Optional.ofNullable(socket).map(TCPSocketAction::getHost).stream());
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
