package dev.workerpool.tools.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;

/** fabric8's mock of the Kubernetes API, with what it lacks: server-side apply, and a controller that makes pods for Deployments. */
record MockApi(KubernetesMockServer server, Path kubeconfig, KubernetesClient client, PodMaker pods) implements Api {

    static MockApi start(Path folder) {
        // Vert.x, on which the mock stands, leaves it behind otherwise.
        System.setProperty("vertx.cacheDirBase", folder.toString());
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new MockDispatcher(), false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        String url = "http://127.0.0.1:" + server.getPort();
        Config config = new ConfigBuilder(Config.empty()).withMasterUrl(url).build();
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        return new MockApi(server, kubeconfig(folder, url), client, PodMaker.start(client));
    }

    private static Path kubeconfig(Path folder, String url) {
        try {
            return Files.writeString(folder.resolve("mock.kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: demo, cluster: {server: "%s"}}]
                    users: [{name: demo, user: {}}]
                    contexts: [{name: demo, context: {cluster: demo, user: demo}}]
                    current-context: demo
                    """.formatted(url));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String told() {
        return "a stand-in for its API in this process (fabric8's mock: no schema rules, no scheduler)";
    }

    @Override
    public boolean outlives() {
        return false;
    }

    @Override
    public void close() {
        pods.close();
        client.close();
        server.destroy();
    }
}
