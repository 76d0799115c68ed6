package dev.workerpool.testing.node;

import static org.awaitility.Awaitility.await;

import dev.workerpool.testing.jobs.FreePort;
import dev.workerpool.testing.jobs.Needed;
import dev.workerpool.testing.kube.ControlPlane;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real node, with the images {@code local.test/celery:1} and {@code local.test/sidekiq:1}, the apps of {@code src/test/apps}. It
 * shares this machine's network: pods need {@code hostNetwork} and reach servers on 127.0.0.1. Ended with the test or with this JVM.
 */
public final class RealNode implements AutoCloseable {
    /** What a pod's nodeSelector says to get here and not to the fake node. */
    public static final Map<String, String> SELECTOR = Map.of("workerpool.test/node", "real");

    private static final String NAME = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final NodeScripts scripts;
    private final Path state;
    private final Process process;

    private RealNode(NodeScripts scripts, Path state, Process process) {
        this.scripts = scripts;
        this.state = state;
        this.process = process;
    }

    /**
     * Returns when the node takes pods.
     *
     * @param further images besides, as tars
     */
    public static RealNode start(ControlPlane controlPlane, Path... further) {
        mustBePossible();
        NodeScripts scripts = NodeScripts.ofThisProject();
        String images = Stream.concat(scripts.images().stream(), Stream.of(further))
                .map(Path::toString)
                .collect(Collectors.joining(" "));
        Path state = scripts.newState();
        RealNode node = new RealNode(scripts, state, launch(controlPlane, scripts, state, images));
        try {
            await("the real node").atMost(PATIENCE).until(() -> node.mustBeAlive() && isReady(controlPlane.admin()));
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** What a container of this pod said, as the node keeps it. */
    public String log(String namespace, String podNamePart) {
        Path logs = state.resolve("box/var/log/pods");
        try (Stream<Path> files = Files.walk(logs)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> logs.relativize(file).toString().startsWith(namespace + "_"))
                    .filter(file -> logs.relativize(file).toString().contains(podNamePart))
                    .map(RealNode::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(ControlPlane controlPlane, NodeScripts scripts, Path state, String images) {
        ProcessBuilder builder = new ProcessBuilder(
                        // The leash holds while this JVM lives: the node cannot outlive it.
                        controlPlane.program("leash").toString(),
                        "bash",
                        scripts.script("node.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("node.log").toFile());
        Path kubeconfig = controlPlane.kubeconfigFor("system:node:" + NAME, "system:nodes");
        builder.environment()
                .putAll(Map.of(
                        "STATE", state.toString(),
                        "KUBELET", controlPlane.program("kubelet").toString(),
                        "KUBECONFIG", kubeconfig.toString(),
                        "NODE", NAME,
                        "IMAGES", images,
                        "KUBELET_PORT", Integer.toString(FreePort.next()),
                        "HEALTHZ_PORT", Integer.toString(FreePort.next()),
                        "STREAM_PORT", Integer.toString(FreePort.next())));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mustBePossible() {
        Needed.that("root".equals(System.getProperty("user.name")), "root", "a node mounts and makes control groups");
        Needed.that(
                Files.isDirectory(Path.of("/sys/fs/cgroup/memory")),
                "control groups v1",
                "the node's scripts know no others; boot with systemd.unified_cgroup_hierarchy=0");
        for (String program : List.of("containerd", "runc", "mmdebstrap")) {
            Needed.onPath(program, "on Debian: apt-get install " + program);
        }
        Needed.at(Path.of("/usr/lib/cni/loopback"), "on Debian: apt-get install containernetworking-plugins");
    }

    private static boolean isReady(KubernetesClient client) {
        Node node = client.nodes().withName(NAME).get();
        return node != null
                && node.getSpec().getTaints().isEmpty()
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private boolean mustBeAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the node ended:\n" + read(state.resolve("node.log")));
        }
        return true;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the node with all its containers. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the node does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        scripts.tidy(state);
    }
}
