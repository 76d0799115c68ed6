package dev.workerpool;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of all commands that says which cluster is meant. */
final class Cluster {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "A kubeconfig; otherwise $KUBECONFIG, ~/.kube/config, or the pod's ServiceAccount")
    @Nullable Path kubeconfig;

    Optional<Path> kubeconfig() {
        return Optional.ofNullable(kubeconfig);
    }
}
