package dev.workerpool.operator;

import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

/** The client by which this process speaks to the API server. */
final class KubernetesConnection {
    private static final int WATCH_AGAIN_AFTER_MILLIS = 250;

    private KubernetesConnection() {}

    /** With a lease, writes are let through only during its term. */
    static KubernetesClient open(OperatorConfig config, Optional<Path> kubeconfig, Term term) {
        KubernetesClientBuilder builder = builder(kubeconfig);
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
