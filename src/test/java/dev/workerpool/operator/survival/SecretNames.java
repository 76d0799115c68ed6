package dev.workerpool.operator.survival;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The names of immutable Secrets have their owner's uid in them; here they are called by what is in them. */
final class SecretNames {
    private SecretNames() {}

    static Map<String, String> byContent(KubernetesClient client, String namespace) {
        return client.secrets().inNamespace(namespace).list().getItems().stream()
                .filter(secret -> Boolean.TRUE.equals(secret.getImmutable()))
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), SecretNames::content));
    }

    private static String content(Secret secret) {
        String name = secret.getMetadata().getName();
        return name.substring(0, name.lastIndexOf('-')) + "-OF-" + hash(new TreeMap<>(secret.getData()).toString());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
