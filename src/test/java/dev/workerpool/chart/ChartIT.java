package dev.workerpool.chart;

import static dev.workerpool.chart.ChartValues.CHART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kube.Tool;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@RealControlPlane
class ChartIT {
    @Test
    void every_documented_setting_passes_the_strict_lint_and_is_taken_by_the_API_server(
            ControlPlane cluster, TestNamespace namespace) {
        // The pod of `helm test` comes after the account in an installation, but not in a dry run.
        cluster.kubectl("create", "serviceaccount", "workerpool", "--namespace=" + namespace)
                .succeeded();
        assertEquals(
                Map.of(),
                ChartValues.documented().entrySet().stream()
                        .map(setting -> Map.entry(setting.getKey(), complaint(cluster, namespace, setting.getValue())))
                        .filter(complaint -> !complaint.getValue().isEmpty())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Test
    void settings_that_make_no_sense_are_refused_by_name(ControlPlane cluster, TestNamespace namespace) {
        ChartValues.refused().forEach(bad -> {
            Tool.Result result = template(cluster, namespace, bad.set());
            assertNotEquals(0, result.exitCode(), bad.set());
            assertTrue(result.err().contains(bad.names()), () -> bad.set() + ": " + result.err());
        });
    }

    @Test
    void pools_and_CRDs_outlive_an_upgrade_and_an_uninstall(
            ControlPlane cluster, KubernetesClient client, TestNamespace namespace) {
        String name = namespace.name();
        install(cluster, "install", name, "replicas=2");
        new Pools(client, name).create("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec: {url: {value: "redis://redis.example.com:6379/0"}}
                """);
        var broker = new Pools(client, name).broker("jobs").getMetadata();
        assertTrue(crdIsKept(client));

        install(cluster, "upgrade", name, "replicas=1");
        assertEquals(
                1,
                client.apps()
                        .deployments()
                        .inNamespace(name)
                        .withName(name)
                        .get()
                        .getSpec()
                        .getReplicas());
        cluster.helm("uninstall", name, "--namespace=" + name, "--wait").succeeded();

        assertFalse(client.apps().deployments().inNamespace(name).list().getItems().stream()
                .anyMatch(deployment -> deployment.getMetadata().getName().equals(name)));
        assertNotNull(crd(client));
        assertEquals(
                broker.getUid(),
                new Pools(client, name).broker("jobs").getMetadata().getUid());
    }

    /** What lint or the API server has against a setting. */
    private static String complaint(ControlPlane cluster, TestNamespace namespace, String set) {
        Tool.Result lint = cluster.helm("lint", "--strict", CHART, "--set", set);
        if (lint.exitCode() != 0) {
            return lint.out() + lint.err();
        }
        Tool.Result taken = cluster.kubectlOn(
                template(cluster, namespace, set).succeeded(),
                "apply",
                "--server-side",
                "--force-conflicts",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                "-");
        return taken.exitCode() == 0 ? "" : taken.err();
    }

    private static Tool.Result template(ControlPlane cluster, TestNamespace namespace, String set) {
        return cluster.helm("template", "workerpool", CHART, "--namespace=" + namespace, "--set", set);
    }

    private static void install(ControlPlane cluster, String verb, String name, String set) {
        cluster.helm(Stream.of(
                                verb,
                                name,
                                CHART,
                                "--namespace=" + name,
                                "--set=" + ChartValues.IMAGE + "," + set,
                                // The tests' control plane has the CRDs already.
                                "--take-ownership",
                                "--wait",
                                "--timeout=60s")
                        .toArray(String[]::new))
                .succeeded();
    }

    private static boolean crdIsKept(KubernetesClient client) {
        return "keep".equals(crd(client).getMetadata().getAnnotations().get("helm.sh/resource-policy"));
    }

    private static CustomResourceDefinition crd(KubernetesClient client) {
        return client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("workerpools.workerpool.dev")
                .get();
    }
}
