package dev.workerpool.testing.kube;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** cert-manager as it is installed in a cluster, its webhook aside: its custom resources and its controllers. */
public final class CertManager implements AutoCloseable {
    private final KubernetesClient admin;
    private final List<CustomResourceDefinition> definitions;
    private final LeashedProcess controllers;

    private CertManager(
            KubernetesClient admin, List<CustomResourceDefinition> definitions, LeashedProcess controllers) {
        this.admin = admin;
        this.definitions = definitions;
        this.controllers = controllers;
    }

    /** Returns when its resources are served. */
    public static CertManager install(ControlPlane cluster) {
        Path folder = folder();
        List<CustomResourceDefinition> definitions =
                CustomResources.apply(cluster.admin(), folder.resolve(CertManagerBinaries.CRDS));
        return new CertManager(
                cluster.admin(),
                definitions,
                cluster.run(
                        folder.resolve(CertManagerBinaries.PROGRAM),
                        cluster.kubeconfigFor("cert-manager", Subject.ADMINISTRATORS)
                                .toString()));
    }

    private static Path folder() {
        return switch (CertManagerBinaries.ofThisMachine().find()) {
            case Binaries.Found found -> found.folder();
            case Binaries.Missing missing -> throw new IllegalStateException(missing.line());
        };
    }

    /** With it go all its objects. */
    @Override
    public void close() {
        controllers.stop();
        definitions.forEach(definition -> admin.resource(definition).delete());
        definitions.forEach(definition -> Waiting.until(
                "the end of " + definition.getMetadata().getName(),
                Duration.ofSeconds(30),
                () -> Optional.ofNullable(admin.resource(definition).get()).isEmpty(),
                () -> {}));
    }
}
