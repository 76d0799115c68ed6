package dev.workerpool.operator.rotation;

import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What stands in the Secrets of a namespace. */
record Held(Pools pools) {

    /** The Secret that a Deployment's pods mount by this volume. */
    static String secretOf(Deployment live, String volume) {
        return live.getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(one -> one.getName().equals(volume))
                .map((Volume one) -> one.getSecret().getSecretName())
                .findFirst()
                .orElseThrow();
    }

    /** What a Deployment's pods are started with. */
    ClientIdentity identity(Deployment live) {
        String secret = secretOf(live, "workerpool-identity");
        return switch (ClientIdentity.parse(text(secret, "tls.crt"), text(secret, "tls.key"))) {
            case ClientIdentity.Parsed.Read read -> read.identity();
            case ClientIdentity.Parsed.Fault fault -> throw new IllegalStateException(fault.why());
        };
    }

    String text(String secret, String key) {
        return new String(bytes(secret, key), StandardCharsets.UTF_8);
    }

    byte[] bytes(String secret, String key) {
        String base64 = pools.client()
                .secrets()
                .inNamespace(pools.namespace())
                .withName(secret)
                .require()
                .getData()
                .get(key);
        return Base64.getDecoder().decode(base64);
    }
}
