package dev.workerpool.testing.operator;

import dev.workerpool.testing.kube.ControlPlane;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ServiceAccount that the chart makes for the operator, with the rights that the chart gives it and no others. */
public final class ChartAccount implements AutoCloseable {
    private static final String NAME = "operator";

    private final ControlPlane cluster;
    private final String release;
    private final String namespace;
    private final String manifest;

    private ChartAccount(
            ControlPlane cluster, String release, String namespace, List<String> lookedAfter, String... settings) {
        this.cluster = cluster;
        this.release = release;
        this.namespace = namespace;
        List<String> helm = new ArrayList<>(List.of(
                "template",
                release,
                "helm/workerpool-operator",
                "--namespace=" + namespace,
                "--set=image.repository=example.com/operator",
                "--set-json=namespaces=" + quoted(lookedAfter),
                "--show-only=templates/account.yaml",
                "--show-only=templates/rbac.yaml"));
        Stream.of(settings).map(setting -> "--set=" + setting).forEach(helm::add);
        this.manifest = cluster.helm(helm.toArray(String[]::new)).succeeded();
        cluster.kubectlOn(manifest, "apply", "-f", "-").succeeded();
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"));
    }

    /** For an operator that looks after every namespace. */
    public static ChartAccount clusterWide(ControlPlane cluster, String namespace) {
        return new ChartAccount(cluster, "operator-of-" + namespace, namespace, List.of());
    }

    /**
     * For an operator that looks after the namespace it is installed in.
     *
     * @param settings values of the chart, as {@code name=value}
     */
    public static ChartAccount namespaced(ControlPlane cluster, String namespace, String... settings) {
        return new ChartAccount(cluster, NAME, namespace, List.of(namespace), settings);
    }

    public Path kubeconfig() {
        return cluster.kubeconfigForServiceAccount(namespace, release);
    }

    /** As the API server's audit log has it. */
    public String user() {
        return user(namespace, release);
    }

    /** As the API server's audit log has the one that is namespaced. */
    public static String user(String namespace) {
        return user(namespace, NAME);
    }

    private static String user(String namespace, String release) {
        return "system:serviceaccount:" + namespace + ":" + release;
    }

    @Override
    public void close() {
        cluster.kubectlOn(manifest, "delete", "--ignore-not-found", "-f", "-").succeeded();
    }
}
