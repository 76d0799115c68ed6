package dev.workerpool.testing.kube;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes kubeconfigs for whoever a test wants to be. */
final class Access {

    private static final long TOKEN_SECONDS = 86_400;

    private final Kubeconfig kubeconfig;
    private final TestAuthority authority;
    private final RunFolder folder;
    private final AtomicInteger written = new AtomicInteger();

    Access(Kubeconfig kubeconfig, TestAuthority authority, RunFolder folder) {
        this.kubeconfig = kubeconfig;
        this.authority = authority;
        this.folder = folder;
    }

    Path of(String name, Subject subject) {
        return folder.write(name + ".kubeconfig", kubeconfig.with(authority.client(subject)));
    }

    Path of(Subject subject) {
        return of("client-" + written.incrementAndGet(), subject);
    }

    Path ofServiceAccount(KubernetesClient administrator, String namespace, String name) {
        return folder.write(
                "client-" + written.incrementAndGet() + ".kubeconfig",
                kubeconfig.withToken(token(administrator, namespace, name)));
    }

    static String token(KubernetesClient administrator, String namespace, String name) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_SECONDS)
                .endSpec()
                .build();
        return administrator
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    static KubernetesClient client(Path kubeconfig) {
        try {
            Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
