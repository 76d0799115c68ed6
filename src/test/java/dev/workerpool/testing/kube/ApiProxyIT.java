package dev.workerpool.testing.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.Interceptor.Fate;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@RealControlPlane
class ApiProxyIT {

    private final List<MutatingRequest> seen = new ArrayList<>();

    @Test
    void aRequestThatPassesIsDoneAndAnswered(ControlPlane controlPlane, TestNamespace namespace) throws Exception {
        try (ApiProxy proxy = controlPlane.proxyAs("admin", request -> sees(request, new Fate.Pass()));
                KubernetesClient client = impatient(proxy)) {
            assertEquals("config", create(client, namespace).getMetadata().getName());
        }
        assertNotNull(stored(controlPlane, namespace));
        MutatingRequest request = seen.getFirst();
        assertEquals(1, request.number());
        assertEquals("POST", request.method());
        assertTrue(request.path().startsWith("/api/v1/namespaces/" + namespace + "/configmaps"), request.path());
        assertTrue(request.body().contains("\"config\""), request.body());
    }

    @Test
    void aRequestThatIsCutBeforeSendingIsNotDone(ControlPlane controlPlane, TestNamespace namespace) throws Exception {
        AtomicBoolean told = new AtomicBoolean();
        try (ApiProxy proxy =
                        controlPlane.proxyAs("admin", request -> new Fate.CutBeforeSending(() -> told.set(true)));
                KubernetesClient client = impatient(proxy)) {
            assertThrows(KubernetesClientException.class, () -> create(client, namespace));
        }
        assertTrue(told.get());
        assertNull(stored(controlPlane, namespace));
    }

    @Test
    void aRequestThatIsCutAfterCommitIsDoneAndNotAnswered(ControlPlane controlPlane, TestNamespace namespace)
            throws Exception {
        BlockingQueue<Boolean> storedWhenTold = new LinkedBlockingQueue<>();
        Interceptor interceptor =
                request -> new Fate.CutAfterCommit(() -> storedWhenTold.add(stored(controlPlane, namespace) != null));
        try (ApiProxy proxy = controlPlane.proxyAs("admin", interceptor);
                KubernetesClient client = impatient(proxy)) {
            assertThrows(KubernetesClientException.class, () -> create(client, namespace));
        }
        assertEquals(true, storedWhenTold.poll());
        assertNotNull(stored(controlPlane, namespace));
    }

    @Test
    void aWatchFlowsThrough(ControlPlane controlPlane, TestNamespace namespace) throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        try (ApiProxy proxy = controlPlane.proxyAs("admin", request -> new Fate.Pass());
                KubernetesClient client = impatient(proxy);
                var watch = client.configMaps()
                        .inNamespace(namespace.name())
                        .withName("config")
                        .watch(into(events))) {
            assertNotNull(watch);
            create(controlPlane.admin(), namespace);
            assertEquals("ADDED config", events.poll(10, TimeUnit.SECONDS));
            client.configMaps().inNamespace(namespace.name()).withName("config").delete();
            assertEquals("DELETED config", events.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aServiceAccountIsWhoItsTokenSays(ControlPlane controlPlane, TestNamespace namespace) throws Exception {
        try (ApiProxy proxy =
                        controlPlane.proxyAsServiceAccount(namespace.name(), "default", request -> new Fate.Pass());
                KubernetesClient client = impatient(proxy)) {
            var refused = assertThrows(KubernetesClientException.class, () -> create(client, namespace));
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("system:serviceaccount:" + namespace + ":default"), message);
        }
    }

    private Fate sees(MutatingRequest request, Fate fate) {
        seen.add(request);
        return fate;
    }

    /** The client library repeats a request whose connection was cut, a create as well. */
    private static KubernetesClient impatient(ApiProxy proxy) throws Exception {
        Config config = Config.fromKubeconfig(Files.readString(proxy.kubeconfig()));
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static ConfigMap create(KubernetesClient client, TestNamespace namespace) {
        return client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("config")
                        .withNamespace(namespace.name())
                        .endMetadata()
                        .build())
                .create();
    }

    private static @Nullable ConfigMap stored(ControlPlane controlPlane, TestNamespace namespace) {
        return controlPlane
                .admin()
                .configMaps()
                .inNamespace(namespace.name())
                .withName("config")
                .get();
    }

    private static Watcher<ConfigMap> into(BlockingQueue<String> events) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap object) {
                events.add(action + " " + object.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                events.add("closed: " + cause.getMessage());
            }
        };
    }
}
