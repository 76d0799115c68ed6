package dev.workerpool.tools.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** The cluster of a kubeconfig. */
record GivenApi(Path kubeconfig, String told) implements Api {

    static GivenApi of(Path kubeconfig) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build()) {
            return new GivenApi(
                    kubeconfig, client.getKubernetesVersion().getGitVersion() + " at " + client.getMasterUrl());
        }
    }

    @Override
    public boolean outlives() {
        return true;
    }

    @Override
    public void close() {
        // It is not the demo's.
    }
}
