package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Removes a Broker's Secrets that were superseded, once no pod, Terminating ones included, and no Deployment or StatefulSet names them. */
final class SecretSweeper {
    /** Whether somebody still names a Secret. */
    @FunctionalInterface
    interface Use {
        boolean of(Secret secret);
    }

    private final KubernetesClient client;
    private final Use inUse;

    SecretSweeper(KubernetesClient client, Use inUse) {
        this.client = client;
        this.inUse = inUse;
    }

    /** Deletes what nobody needs; whether something superseded is left for later. */
    boolean sweep(Collection<Secret> ofBroker, Set<String> current) {
        List<Secret> superseded = ofBroker.stream()
                .filter(secret -> !current.contains(secret.getMetadata().getName()))
                .filter(secret -> secret.getMetadata().getDeletionTimestamp() == null)
                .toList();
        List<Secret> free =
                superseded.stream().filter(secret -> !inUse.of(secret)).toList();
        free.forEach(secret -> client.resource(secret).delete());
        return free.size() < superseded.size();
    }
}
