package dev.workerpool.desired;

import dev.workerpool.api.WorkerPoolSpec;
import dev.workerpool.framework.Framework;
import dev.workerpool.scaling.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A pool as the operator understands it, parsed once per generation.
 *
 * @param workload the name of the Deployment that someone else owns, where the pool only scales one
 * @param spec what people wrote, for what is passed through
 */
public record PoolSettings(
        PoolIdentity identity,
        String broker,
        Framework framework,
        List<String> queues,
        Duration drainTimeout,
        Settings scaling,
        Optional<String> workload,
        WorkerPoolSpec spec) {
    public PoolSettings {
        queues = List.copyOf(queues);
    }

    /** The name of the Deployment that is scaled, this pool's own or another's. */
    public String deployment() {
        return workload.orElse(identity.name());
    }

    public boolean ownsDeployment() {
        return workload.isEmpty();
    }

    /** What parsing gives. */
    public sealed interface Parsed {
        record Valid(PoolSettings settings) implements Parsed {}

        /** Cannot be run as written: a condition's reason and message. */
        record Invalid(String reason, String message) implements Parsed {}
    }
}
