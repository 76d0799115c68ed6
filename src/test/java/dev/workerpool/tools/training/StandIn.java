package dev.workerpool.tools.training;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A Kubernetes API that is good enough to learn from: with TLS and HTTP/2, which the real ones have. */
record StandIn(KubernetesMockServer server, Path kubeconfig, KubernetesClient client) implements AutoCloseable {
    /** A line for each request would drown the build's own. Held here: a logger that nobody holds forgets its level. */
    private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

    static StandIn start(Path folder) throws IOException {
        REQUESTS.setLevel(Level.WARNING);
        MockWebServer web = new MockWebServer();
        KubernetesMockServer server =
                new KubernetesMockServer(new Context(), web, new HashMap<>(), new AppliesByMerging(), true);
        server.init(InetAddress.getByName("localhost"), 0);
        Path kubeconfig =
                Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: training, cluster: {server: "https://localhost:%d", certificate-authority-data: "%s"}}]
                users: [{name: training, user: {token: none}}]
                contexts: [{name: training, context: {cluster: training, user: training}}]
                current-context: training
                """.formatted(server.getPort(), certificate(web)));
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
        return new StandIn(server, kubeconfig, client);
    }

    private static String certificate(MockWebServer web) throws IOException {
        Path pem = Path.of(web.getSelfSignedCertificate().certificatePath());
        return Base64.getEncoder().encodeToString(Files.readAllBytes(pem));
    }

    boolean hasDeployment() {
        return !client.apps().deployments().inAnyNamespace().list().getItems().isEmpty();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
