package dev.workerpool.testing.kubelet;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The Secrets of a namespace, as the API server has them now. */
record Secrets(KubernetesClient client, String namespace) {

    Map<String, byte[]> files(String secret) {
        return client.secrets().inNamespace(namespace).withName(secret).require().getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> Base64.getDecoder().decode(entry.getValue())));
    }

    Map<String, String> texts(String secret) {
        return files(secret).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new String(entry.getValue(), StandardCharsets.UTF_8)));
    }

    String text(String secret, String key) {
        return Optional.ofNullable(texts(secret).get(key))
                .orElseThrow(() -> new IllegalStateException("Secret " + secret + " has no key " + key));
    }
}
