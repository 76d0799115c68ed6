package dev.workerpool.tools.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The demo's namespace in a cluster, and the custom resource definitions where there were none. Both go when it is closed. */
final class Premises implements AutoCloseable {
    static final String NAMESPACE = "workerpool-demo";
    private static final String MANAGER = "workerpool-demo";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final boolean tidy;
    private boolean taken;
    private final List<CustomResourceDefinition> ours = new ArrayList<>();

    private Premises(KubernetesClient client, boolean tidy) {
        this.client = client;
        this.tidy = tidy;
    }

    static Premises take(Api api, Path crds) {
        Premises premises = new Premises(
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(api.kubeconfig().toFile()))
                        .build(),
                api.outlives());
        try {
            premises.prepare(api, crds);
            return premises;
        } catch (RuntimeException e) {
            premises.close();
            throw e;
        }
    }

    KubernetesClient client() {
        return client;
    }

    private void prepare(Api api, Path crds) {
        if (client.namespaces().withName(NAMESPACE).get() != null) {
            throw new IllegalStateException("there is a namespace " + NAMESPACE
                    + " already, of another demo perhaps: kubectl delete namespace " + NAMESPACE);
        }
        if (api.outlives()) {
            Bystanders.refuse(client);
            define(crds);
        }
        taken = true;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    private void define(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                Resource<CustomResourceDefinition> crd =
                        client.apiextensions().v1().customResourceDefinitions().load(file.toFile());
                if (crd.get() == null) {
                    ours.add(crd.fieldManager(MANAGER).serverSideApply());
                    await("the API to serve " + file.getFileName(), () -> isServed(crd));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isServed(Resource<CustomResourceDefinition> crd) {
        CustomResourceDefinition live = crd.get();
        return live.getStatus() != null
                && live.getStatus().getConditions().stream()
                        .anyMatch(is -> is.getType().equals("Established")
                                && is.getStatus().equals("True"));
    }

    /** As {@code kubectl apply --server-side}. */
    List<HasMetadata> apply(String yaml) {
        return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(NAMESPACE)
                .resources()
                .map(resource -> resource.fieldManager(MANAGER).forceConflicts().serverSideApply())
                .toList();
    }

    private static void await(String what, BooleanSupplier done) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        try (client) {
            if (tidy && taken) {
                client.namespaces().withName(NAMESPACE).delete();
                await(
                        "namespace " + NAMESPACE + " to go",
                        () -> client.namespaces().withName(NAMESPACE).get() == null);
            }
            if (tidy) {
                ours.forEach(crd -> client.resource(crd).delete());
            }
        }
    }
}
