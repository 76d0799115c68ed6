package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Looks from outside whether an operator is at work: the API server serves its resources, and somebody renews its Lease. Of the
 * renewals two must be seen, since clocks of two machines are never compared.
 */
public final class LeaderCheck {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final PrintWriter out;

    private LeaderCheck(KubernetesClient client, PrintWriter out) {
        this.client = client;
        this.out = out;
    }

    /**
     * Whether all is well before the time is over; says on {@code out} what is, and what is not.
     *
     * @param kubeconfig the pod's ServiceAccount or the user's own configuration where empty
     */
    public static boolean passes(
            Optional<Path> kubeconfig, String leaseNamespace, String leaseName, Duration wait, PrintWriter out)
            throws InterruptedException {
        try (KubernetesClient client = KubernetesConnection.unguarded(kubeconfig)) {
            return new LeaderCheck(client, out).passes(leaseNamespace, leaseName, System.nanoTime() + wait.toNanos());
        }
    }

    private boolean passes(String leaseNamespace, String leaseName, long until) throws InterruptedException {
        Look look = new Look(Optional.empty(), false, "");
        do {
            look = look(leaseNamespace, leaseName, look.lease());
            if (look.good()) {
                break;
            }
            Thread.sleep(LOOK_AGAIN);
        } while (System.nanoTime() < until);
        out.println((look.good() ? "ok: " : "failed: ") + look.says());
        out.flush();
        return look.good();
    }

    /** What one look showed. */
    private record Look(Optional<LeaseSpec> lease, boolean good, String says) {}

    private Look look(String namespace, String name, Optional<LeaseSpec> before) {
        try {
            if (!client.hasApiGroup("workerpool.dev", true)) {
                return new Look(before, false, "the API server does not serve workerpool.dev: the CRDs are missing");
            }
            Optional<LeaseSpec> now = lease(namespace, name);
            if (now.isEmpty()) {
                return new Look(now, false, "nobody holds Lease %s/%s".formatted(namespace, name));
            }
            return before.isPresent() && isRenewed(before.get(), now.get())
                    ? new Look(now, true, now.get().getHolderIdentity() + " leads")
                    : new Look(now, false, "Lease %s/%s is not being renewed".formatted(namespace, name));
        } catch (KubernetesClientException e) {
            return new Look(before, false, "the API server does not answer as it should: " + Refusals.message(e));
        }
    }

    /** The Lease, where somebody holds it. */
    private Optional<LeaseSpec> lease(String namespace, String name) {
        return Optional.ofNullable(client.resources(Lease.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(Lease::getSpec)
                .filter(spec -> spec.getHolderIdentity() != null
                        && !spec.getHolderIdentity().isEmpty());
    }

    private static boolean isRenewed(LeaseSpec before, LeaseSpec now) {
        ZonedDateTime then = before.getRenewTime();
        return then != null && now.getRenewTime() != null && now.getRenewTime().isAfter(then);
    }
}
