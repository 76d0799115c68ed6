package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_UNAVAILABLE;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps a Lease as the API server does: with a version, and conflicts. */
final class LeaseInMemory implements LeaseStore {
    private Optional<Lease> stored = Optional.empty();
    private int version;
    private boolean fails;

    void fail(boolean from) {
        fails = from;
    }

    /** Somebody else changes it. */
    void touch(UnaryOperator<Lease> change) {
        stored = stored.map(lease -> versioned(change.apply(lease)));
    }

    String holder() {
        return stored.orElseThrow().getSpec().getHolderIdentity();
    }

    int transitions() {
        return stored.orElseThrow().getSpec().getLeaseTransitions();
    }

    @Override
    public Optional<Lease> read() {
        answer();
        return stored;
    }

    @Override
    public Lease create(Lease lease) {
        answer();
        if (stored.isPresent()) {
            throw conflict();
        }
        return keep(lease);
    }

    @Override
    public Lease replace(Lease lease) {
        answer();
        if (stored.filter(now -> now.getMetadata()
                        .getResourceVersion()
                        .equals(lease.getMetadata().getResourceVersion()))
                .isEmpty()) {
            throw conflict();
        }
        return keep(lease);
    }

    private Lease keep(Lease lease) {
        Lease kept = versioned(lease);
        stored = Optional.of(kept);
        return kept;
    }

    private Lease versioned(Lease lease) {
        version++;
        return new LeaseBuilder(lease)
                .editMetadata()
                .withResourceVersion(Integer.toString(version))
                .endMetadata()
                .build();
    }

    private void answer() {
        if (fails) {
            throw new KubernetesClientException("nobody answers", HTTP_UNAVAILABLE, null);
        }
    }

    private static KubernetesClientException conflict() {
        return new KubernetesClientException("it has changed", HTTP_CONFLICT, null);
    }
}
