package dev.workerpool.story;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.workerpool.testing.jobs.FreePort;
import dev.workerpool.testing.jobs.Needed;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.node.RealNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator's own image, run on a real node by the chart: as nobody, on a root that it cannot write to. */
@Tag("node")
@RealControlPlane
class ImageIT {
    private static final String SIDEKIQ_WORKER =
            "{name: worker, image: local.test/sidekiq:1, command: [sidekiq, -r, ./app.rb]}";

    @Test
    void theImageInstalledByTheChartGivesAPoolItsSizes(
            ControlPlane cluster, KubernetesClient client, TestNamespace namespace) throws IOException {
        Path image = Path.of(Objects.requireNonNull(System.getProperty("workerpool.image")));
        Needed.that(Files.isRegularFile(image), image.toString(), "mvn -Pimage verify builds it");
        try (RealNode node = RealNode.start(cluster, image);
                RedisServer redis =
                        RedisServer.start(RedisOptions.tls(PrivateCa.create()).withUser("jobs", "s3cret"))) {
            try {
                cluster.apply(namespace, Manifests.broker(redis, "jobs", "s3cret"))
                        .succeeded();
                cluster.apply(
                                namespace,
                                RealNodeStoryIT.onTheNode(
                                        Manifests.sidekiq(Manifests.sleeper("images", 2)), SIDEKIQ_WORKER))
                        .succeeded();
                // Last, so that its first reconcile does not wait for something to reconcile.
                install(cluster, namespace);
                cluster.kubectl("wait", "-n", namespace.name(), "broker/jobs", "--for=condition=Ready", "--timeout=60s")
                        .succeeded();
                new PoolStory("images", new SidekiqApp(), redis, client, namespace.name()).happens();
                cluster.helm("test", "operator", "--namespace=" + namespace, "--timeout=90s")
                        .succeeded();
                String log = node.log(namespace.name(), "operator-");
                System.out.printf(
                        "image: %.1f MB as a tar; %s; resident %d MB%n",
                        Files.size(image) / 1e6, firstReconcile(log), residentMegabytes());
                assertTrue(!log.contains("[aot]"), () -> "the AOT cache is taken: " + log);
                assertTrue(!log.contains("s3cret"), "no password in the log");
            } catch (RuntimeException | AssertionError e) {
                fail(RealNodeStoryIT.whatIsThere(cluster, namespace) + node.log(namespace.name(), ""), e);
            }
        }
    }

    private static void install(ControlPlane cluster, TestNamespace namespace) {
        URI api = URI.create(cluster.url());
        cluster.helm(
                        "install",
                        "operator",
                        "helm/workerpool-operator",
                        "--namespace=" + namespace,
                        "--take-ownership",
                        "--set=image.repository=local.test/workerpool-operator,image.pullPolicy=Never",
                        "--set=namespaces={" + namespace + "},replicas=1",
                        "--set=hostNetwork=true,port=" + FreePort.next(),
                        "--set=addresses.allow={127.0.0.0/8,::1}",
                        "--set=nodeSelector.workerpool\\.test/node=real",
                        "--set=env[0].name=KUBERNETES_SERVICE_HOST,env[0].value=" + api.getHost(),
                        "--set-string=env[1].name=KUBERNETES_SERVICE_PORT,env[1].value=" + api.getPort(),
                        "--wait",
                        "--timeout=120s")
                .succeeded();
    }

    private static String firstReconcile(String log) {
        return log.lines()
                .filter(line -> line.contains("first reconcile"))
                .findFirst()
                .map(line -> line.replaceFirst(".*(first reconcile).*(ended after [0-9]+ ms).*", "$1 $2"))
                .orElseThrow(() -> new AssertionError("nothing was ever reconciled:\n" + log));
    }

    /** The node's containers are processes of this machine. */
    private static long residentMegabytes() throws IOException {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            ProcessHandle operator = all.filter(process -> process.info()
                            .command()
                            .filter(command -> command.endsWith("/jre/bin/java"))
                            .isPresent())
                    .findFirst()
                    .orElseThrow();
            String resident = Files.readAllLines(Path.of("/proc", Long.toString(operator.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(resident.replaceAll("[^0-9]", "")) / 1024;
        }
    }
}
