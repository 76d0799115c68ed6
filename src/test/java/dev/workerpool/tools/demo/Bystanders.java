package dev.workerpool.tools.demo;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.ZonedDateTime;

/** An operator that already looks after a cluster would look after the demo's namespace as well, and the two would quarrel. */
final class Bystanders {
    private static final String LEASE = "workerpool-operator";
    private static final Duration RENEWED_WITHIN = Duration.ofMinutes(1);

    private Bystanders() {}

    static void refuse(KubernetesClient client) {
        client.resources(Lease.class).inAnyNamespace().withField("metadata.name", LEASE).list().getItems().stream()
                .filter(Bystanders::isHeld)
                .findFirst()
                .ifPresent(lease -> {
                    throw new IllegalStateException("an operator runs in this cluster already, by its Lease " + LEASE
                            + " in namespace " + lease.getMetadata().getNamespace() + ": the demo runs one of its own");
                });
    }

    private static boolean isHeld(Lease lease) {
        ZonedDateTime renewed = lease.getSpec().getRenewTime();
        String holder = lease.getSpec().getHolderIdentity();
        return holder != null
                && !holder.isEmpty()
                && renewed != null
                && renewed.isAfter(ZonedDateTime.now(renewed.getZone()).minus(RENEWED_WITHIN));
    }
}
