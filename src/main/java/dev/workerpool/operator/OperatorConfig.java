package dev.workerpool.operator;

import dev.workerpool.broker.AddressRules;
import dev.workerpool.desired.OwnPods;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How this process runs.
 *
 * @param namespaces the namespaces it looks after; all where empty
 * @param lease empty to run without leader election, alone
 * @param pushInterval however fast a queue changes, it is read no more often than this for its changes
 * @param addresses where it may connect to for a Broker
 * @param self by what NetworkPolicies know its pods; empty where it runs outside of the cluster, or nobody said so
 */
public record OperatorConfig(
        Set<String> namespaces,
        Optional<Lease> lease,
        Duration pushInterval,
        AddressRules addresses,
        Optional<OwnPods> self) {
    public OperatorConfig {
        namespaces = Set.copyOf(namespaces);
    }

    /** With the usual interval, and the addresses that are usual. */
    public OperatorConfig(Set<String> namespaces, Optional<Lease> lease) {
        this(namespaces, lease, Duration.ofMillis(100), AddressRules.NONE, Optional.empty());
    }

    /**
     * The Lease by which one of several is the leader.
     *
     * @param identity this process; no other may have it
     * @param duration how long a lease lasts that is not renewed
     * @param renewDeadline how long the leader tries to renew before it gives up; less than duration
     * @param retryPeriod how often it tries
     */
    public record Lease(
            String namespace,
            String name,
            String identity,
            Duration duration,
            Duration renewDeadline,
            Duration retryPeriod) {}
}
