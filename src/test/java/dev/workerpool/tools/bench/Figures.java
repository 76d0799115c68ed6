package dev.workerpool.tools.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that one run has measured; the JSON has these names.
 *
 * @param heavy where it was asked for
 * @param floor of their convergence
 */
record Figures(
        int pools,
        String framework,
        String pollInterval,
        String heap,
        int processors,
        Floor floor,
        Converged converged,
        List<Reactions> reactions,
        Cost idle,
        @Nullable Heavy heavy,
        Cost busy) {

    /**
     * How long the control plane takes to make the {@link BareObjects} of pools, whoever wants them.
     *
     * @param pools no more than a thousand: of more it would take as long as the pools themselves
     */
    record Floor(int pools, double seconds) {}

    /**
     * From the first create to the last pool that is Ready.
     *
     * @param createSeconds of it, how long the creates themselves took
     * @param requests of the operator to the API server, by verb and resource, its lease aside
     */
    record Converged(double seconds, double createSeconds, Map<String, Long> requests, double requestsPerPool) {}

    /** The same with {@link Ballast} in the broker, where it was asked for. */
    record Heavy(List<Reactions> reactions, Cost idle) {}

    /** Milliseconds from the cause until a watch sees the Deployment's new size; the ratio is to the floor's. */
    record Reactions(
            String of, int tries, double p50, double p95, double p99, double max, double p50Ratio, double p99Ratio) {}

    /**
     * What the operator took while it was watched.
     *
     * @param cpuMillicores its CPU time by the time that passed
     * @param rssMiB its resident memory at the end
     * @param requests to the API server, by verb and resource
     * @param leaseRequests those for its lease
     * @param redisCommandsPerSecond what it sent to Redis
     * @param redisClients its connections to Redis at the end
     * @param changesOfSize how often a pool got another size meanwhile
     */
    record Cost(
            double seconds,
            double cpuMillicores,
            double rssMiB,
            Map<String, Long> requests,
            long leaseRequests,
            double redisCommandsPerSecond,
            Map<String, Long> redisCommands,
            long redisClients,
            long changesOfSize) {}
}
