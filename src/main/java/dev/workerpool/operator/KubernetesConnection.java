package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The client by which this process speaks to the API server. */
final class KubernetesConnection {
    private static final int WATCH_AGAIN_AFTER_MILLIS = 250;

    private static final List<Class<? extends HasMetadata>> WATCHED = List.of(
            Broker.class,
            WorkerPool.class,
            Deployment.class,
            Pod.class,
            PodDisruptionBudget.class,
            ServiceAccount.class,
            Secret.class,
            ConfigMap.class);

    private KubernetesConnection() {}

    /** With a lease, writes are let through only during its term. */
    static KubernetesClient open(OperatorConfig config, Optional<Path> kubeconfig, Term term) {
        KubernetesClientBuilder builder = builder(kubeconfig).withKubernetesSerialization(ofWhatIsWatched());
        config.lease().ifPresent(lease -> {
            WriteGuard guard = new WriteGuard(lease, term);
            builder.withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("write-guard", guard));
        });
        return builder.build();
    }

    /** For one who only reads. */
    static KubernetesClient unguarded(Optional<Path> kubeconfig) {
        return builder(kubeconfig).build();
    }

    private static KubernetesClientBuilder builder(Optional<Path> kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(base(kubeconfig))
                        // The API server takes the part before the slash as the field manager of what is created.
                        .withUserAgent(Labels.OPERATOR + "/" + version())
                        // Doubled with each failure, five times at most: after an outage no cache is behind for longer
                        // than 8 s.
                        .withWatchReconnectInterval(WATCH_AGAIN_AFTER_MILLIS)
                        .build());
    }

    /**
     * A watch tells what it saw by its kind, for which the client would otherwise look into every class of every
     * Kubernetes resource that there is: a fifth of a start, and memory for good.
     */
    private static KubernetesSerialization ofWhatIsWatched() {
        KubernetesSerialization serialization = Frugal.serialization();
        WATCHED.forEach(serialization::registerKubernetesResource);
        // What a watch is told when it fails.
        serialization.registerKubernetesResource(Status.class);
        // How to read them is found out meanwhile, not when the first has come and everything waits for it.
        Thread.ofPlatform()
                .daemon()
                .name("read-ahead")
                .start(() -> WATCHED.forEach(type -> serialization.unmarshal("{}", type)));
        return serialization;
    }

    private static Config base(Optional<Path> kubeconfig) {
        return kubeconfig
                .map(path -> Config.fromKubeconfig(new File(path.toString())))
                .orElseGet(() -> Config.autoConfigure(null));
    }

    private static String version() {
        return Optional.ofNullable(KubernetesConnection.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }
}
