package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.util.Optional;

/** The Lease, wherever it is kept. What fails throws a KubernetesClientException. */
interface LeaseStore {
    Optional<Lease> read();

    /** Fails with a conflict where there is one already. */
    Lease create(Lease lease);

    /** Fails with a conflict where it is not the version that this one was made from. */
    Lease replace(Lease lease);
}
