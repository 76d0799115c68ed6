package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHoldersTest {
    private static final Instant LATER = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant CHANGED = Instant.parse("2026-11-22T07:00:00Z");
    private static final String BY_VOLUME =
            "containers: [{name: web, volumeMounts: [{name: v, mountPath: /v}]}], volumes: [{name: v, secret: {secretName: jobs-web}}]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                BY_VOLUME,
                "containers: [{name: web, volumeMounts: [{name: v, mountPath: /v}]}], "
                        + "volumes: [{name: v, projected: {sources: [{configMap: {name: c}}, {secret: {name: jobs-web}}]}}]",
                "containers: [{name: web, envFrom: [{configMapRef: {name: c}}, {secretRef: {name: jobs-web}}]}]",
                "containers: [{name: web, env: [{name: A, value: b}, {name: U, valueFrom: {secretKeyRef: {name: jobs-web, key: uri}}}]}]",
                "containers: [], initContainers: [{name: web, restartPolicy: Always, envFrom: [{secretRef: {name: jobs-web}}]}]"
            })
    void whoever_was_started_before_the_change_runs_with_what_was_there_before(String spec) {
        assertTrue(holds(spec, "2026-11-22T06:59:59Z"));
        assertTrue(holds(spec, "2026-11-22T07:00:00Z"), "starts are told in whole seconds");
        assertFalse(holds(spec, "2026-11-22T07:00:01Z"));
    }

    @Test
    void who_names_another_Secret_or_has_the_volume_in_another_container_does_not() {
        assertFalse(
                holds("containers: [{name: web, envFrom: [{secretRef: {name: jobs-web-2}}]}]", "2026-11-22T06:00:00Z"));
        assertFalse(holds(
                "containers: [{name: web}, {name: log, volumeMounts: [{name: v, mountPath: /v}]}], "
                        + "volumes: [{name: v, secret: {secretName: jobs-web}}]",
                "2026-11-22T06:00:00Z"));
    }

    @Test
    void who_does_not_run_does_not() {
        assertFalse(ClientHolders.holds(pod("spec: {" + BY_VOLUME + "}"), "jobs-web", CHANGED, LATER));
        assertFalse(ClientHolders.holds(
                pod(
                        "spec: {" + BY_VOLUME
                                + "}\nstatus: {containerStatuses: [{name: web, state: {waiting: {reason: CrashLoopBackOff}}}]}"),
                "jobs-web",
                CHANGED,
                LATER));
    }

    @Test
    void a_container_that_starts_again_may_find_the_files_as_they_were_for_a_while() {
        assertTrue(ClientHolders.holds(restarted("2026-11-22T07:01:30Z"), "jobs-web", CHANGED, LATER));
        assertFalse(ClientHolders.holds(restarted("2026-11-22T07:02:30Z"), "jobs-web", CHANGED, LATER));
        assertTrue(ClientHolders.holds(restarted("2026-11-22T07:02:30Z"), "jobs-web", Instant.MAX, LATER));
    }

    @Test
    void one_that_was_there_before_and_is_just_starting_may_start_with_what_there_was() {
        Pod pod = pod("spec: {nodeName: n, " + BY_VOLUME
                + "}\nstatus: {containerStatuses: [{name: web, state: {waiting: {reason: ContainerCreating}}}]}");
        pod.getMetadata().setCreationTimestamp("2026-11-22T06:59:59Z");
        assertTrue(ClientHolders.holds(pod, "jobs-web", CHANGED, CHANGED.plusSeconds(60)));
        assertFalse(ClientHolders.holds(pod, "jobs-web", CHANGED, CHANGED.plusSeconds(121)));
        pod.getSpec().setNodeName(null);
        assertFalse(ClientHolders.holds(pod, "jobs-web", CHANGED, CHANGED.plusSeconds(60)), "it has no files yet");
    }

    private static Pod restarted(String at) {
        Pod pod = pod("spec: {" + BY_VOLUME
                + "}\nstatus: {containerStatuses: [{name: web, state: {running: {startedAt: \"%s\"}}}]}".formatted(at));
        pod.getMetadata().setCreationTimestamp("2026-11-22T06:00:00Z");
        return pod;
    }

    @Test
    void a_workload_is_named_as_people_know_it() {
        assertEquals("Pod/p", ClientHolders.workload(pod("spec: {containers: []}")));
        assertEquals("StatefulSet/shop", ClientHolders.workload(owned("StatefulSet", "shop", "")));
        assertEquals("Job/nightly", ClientHolders.workload(owned("Job", "nightly", "")));
        assertEquals("Deployment/shop-web", ClientHolders.workload(owned("ReplicaSet", "shop-web-7d4f", "7d4f")));
        assertEquals("ReplicaSet/by-hand", ClientHolders.workload(owned("ReplicaSet", "by-hand", "")));
    }

    private static boolean holds(String spec, String startedAt) {
        String status = "{%sStatuses: [{name: web, state: {running: {startedAt: \"%s\"}}}]}"
                .formatted(spec.contains("initContainers") ? "initContainer" : "container", startedAt);
        return ClientHolders.holds(pod("spec: {" + spec + "}\nstatus: " + status), "jobs-web", CHANGED, LATER);
    }

    private static Pod owned(String kind, String name, String hash) {
        return Serialization.unmarshal("""
                metadata:
                  name: p
                  labels: {pod-template-hash: "%s"}
                  ownerReferences: [{apiVersion: apps/v1, kind: %s, name: %s, uid: u, controller: true}]
                spec: {containers: []}
                """.formatted(hash, kind, name), Pod.class);
    }

    private static Pod pod(String rest) {
        return Serialization.unmarshal("metadata: {name: p}\n" + rest, Pod.class);
    }
}
