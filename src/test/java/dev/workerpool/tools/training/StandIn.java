package dev.workerpool.tools.training;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A Kubernetes API that is good enough to learn from, with TLS as the real ones have. */
record StandIn(KubernetesMockServer server, Path certificate, Path token, KubernetesClient client)
        implements AutoCloseable {
    /** A line for each request would drown the build's own. Held here: a logger that nobody holds forgets its level. */
    private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

    static StandIn start(Path folder) throws IOException {
        REQUESTS.setLevel(Level.WARNING);
        MockWebServer web = new MockWebServer();
        KubernetesMockServer server =
                new KubernetesMockServer(new Context(), web, new HashMap<>(), new AppliesByMerging(), true);
        server.init(InetAddress.getByName("localhost"), 0);
        Path certificate = Path.of(web.getSelfSignedCertificate().certificatePath());
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://localhost:" + server.getPort())
                .withCaCertFile(certificate.toString())
                .build();
        return new StandIn(
                server,
                certificate,
                Files.writeString(folder.resolve("token"), "none"),
                new KubernetesClientBuilder().withConfig(config).build());
    }

    /** As a pod is told where its API server is, but for the places of the files. */
    Map<String, String> environment() {
        return Map.of(
                "KUBERNETES_SERVICE_HOST", "localhost",
                "KUBERNETES_SERVICE_PORT", Integer.toString(server.getPort()),
                "KUBERNETES_CERTS_CA_FILE", certificate.toString(),
                "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", token.toString(),
                "KUBERNETES_AUTH_TRYKUBECONFIG", "false");
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
