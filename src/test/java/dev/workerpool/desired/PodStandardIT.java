package dev.workerpool.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the operator calls weaker than the restricted standard is what a real API server refuses that enforces it, and nothing else. */
@RealControlPlane
class PodStandardIT {
    private static final String RESTRICTED = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";
    private static final String POD = "securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}";

    @Test
    void the_operator_and_the_API_server_say_the_same(ControlPlane cluster, TestNamespace namespace) {
        namespace.enforceRestricted(cluster.admin());
        Map<String, Boolean> ours = new LinkedHashMap<>();
        Map<String, Boolean> theirs = new LinkedHashMap<>();
        specs().forEach(spec -> {
            PodTemplateSpec template =
                    Serialization.unmarshal("metadata: {}\nspec: {" + spec + "}", PodTemplateSpec.class);
            ours.put(spec, PodStandard.weaknesses(template).isEmpty());
            theirs.put(spec, isTaken(cluster, namespace, template));
        });
        assertEquals(theirs, ours);
        assertEquals(2, List.copyOf(theirs.values()).stream().distinct().count(), "some are taken, and some are not");
    }

    private static Stream<String> specs() {
        return Stream.of(
                        Stream.of(
                                pod(POD, RESTRICTED, ""),
                                pod("securityContext: {}", RESTRICTED, ""),
                                pod(
                                        "securityContext: {}",
                                        RESTRICTED + ", runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}",
                                        ""),
                                pod(
                                        "securityContext: {runAsNonRoot: false, seccompProfile: {type: RuntimeDefault}}",
                                        RESTRICTED + ", runAsNonRoot: true",
                                        ""),
                                pod(POD, "", ""),
                                pod(POD + ", hostUsers: false", RESTRICTED + ", runAsNonRoot: false, runAsUser: 0", ""),
                                pod(POD + ", hostUsers: false", RESTRICTED + ", procMount: Unmasked", ""),
                                pod(POD, RESTRICTED, "ports: [{containerPort: 80, hostPort: 80}]"),
                                pod(POD, RESTRICTED, "livenessProbe: {tcpSocket: {port: 80, host: example.com}}"),
                                pod(POD, RESTRICTED, "lifecycle: {preStop: {httpGet: {port: 80, host: example.com}}}"),
                                pod(POD, "privileged: true", "")),
                        Stream.of("hostNetwork", "hostPID", "hostIPC")
                                .map(field -> pod(POD + ", " + field + ": true", RESTRICTED, "")),
                        Stream.of(
                                        "hostPath: {path: /}",
                                        "emptyDir: {}",
                                        "secret: {secretName: a}",
                                        "nfs: {server: a, path: /}")
                                .map(kind -> pod(POD + ", volumes: [{name: a, " + kind + "}]", RESTRICTED, "")),
                        Stream.of(
                                        "runAsUser: 0",
                                        "runAsNonRoot: false",
                                        "seccompProfile: {type: Unconfined}",
                                        "appArmorProfile: {type: Unconfined}",
                                        "seLinuxOptions: {type: spc_t}",
                                        "seLinuxOptions: {type: container_t}",
                                        "seLinuxOptions: {role: a}")
                                .map(field -> pod(POD, RESTRICTED + ", " + field, "")),
                        Stream.of("NET_ADMIN", "NET_BIND_SERVICE")
                                .map(name -> pod(
                                        POD,
                                        "allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [" + name
                                                + "]}",
                                        "")),
                        Stream.of("net.core.somaxconn", "net.ipv4.tcp_rmem")
                                .map(name -> pod(
                                        POD.replace("}}", "}, sysctls: [{name: " + name + ", value: '1'}]}"),
                                        RESTRICTED,
                                        "")))
                .flatMap(specs -> specs);
    }

    private static String pod(String pod, String context, String more) {
        return "%s, containers: [{name: worker, image: example.com/worker, securityContext: {%s}%s}]"
                .formatted(pod, context, more.isEmpty() ? "" : ", " + more);
    }

    private static boolean isTaken(ControlPlane cluster, TestNamespace namespace, PodTemplateSpec template) {
        try {
            cluster.admin()
                    .pods()
                    .inNamespace(namespace.name())
                    .resource(new PodBuilder()
                            .withNewMetadata()
                            .withName("tried")
                            .endMetadata()
                            .withSpec(template.getSpec())
                            .build())
                    .dryRun()
                    .create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403 && String.valueOf(e.getMessage()).contains("violates PodSecurity")) {
                return false;
            }
            throw e;
        }
    }
}
