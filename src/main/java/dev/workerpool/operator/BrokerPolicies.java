package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerNetwork;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Topology;
import dev.workerpool.desired.BrokerPlace;
import dev.workerpool.desired.BrokerShield;
import dev.workerpool.desired.OwnPods;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.Verdict;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The NetworkPolicy of a broker that runs in the cluster: kept where its spec names its pods, gone where it names none. */
final class BrokerPolicies {
    private static final ConditionType TYPE = ConditionType.NetworkPolicyApplied;

    private final PolicyApplier applier;
    private final InformerEventSource<NetworkPolicy, Broker> policies;
    private final Optional<OwnPods> self;

    BrokerPolicies(PolicyApplier applier, InformerEventSource<NetworkPolicy, Broker> policies, Optional<OwnPods> self) {
        this.applier = applier;
        this.policies = policies;
        this.self = self;
    }

    InformerEventSource<NetworkPolicy, Broker> policies() {
        return policies;
    }

    /**
     * Before the broker is tried: a policy that admits only who was there before would shut the operator out.
     *
     * @param connections what its pools and clients were given, and some still have
     * @return what is to be said of it; nothing where none is asked for
     */
    Optional<Verdict> keep(Broker broker, ConnectionSource.Resolution asked, Collection<Secret> connections) {
        if (BrokerShield.pods(broker).isEmpty()) {
            applier.remove(live(broker), broker.getMetadata().getUid());
            return Optional.empty();
        }
        BrokerNetwork said = Objects.requireNonNull(broker.getSpec().network());
        if (self.isEmpty() && said.admitted().isEmpty()) {
            return Optional.of(Verdict.fails(
                    TYPE,
                    "OperatorUnknown",
                    "the operator does not know by which labels it would be admitted itself, and makes no policy that shuts it out: "
                            + "start it with --pod-labels, or name its addresses in network.from"));
        }
        Set<Integer> ports = new TreeSet<>(BrokerPlace.of(broker, connections).ports());
        ports.addAll(said.saidPorts());
        ports.addAll(ports(asked));
        if (ports.isEmpty()) {
            return Optional.of(Verdict.fails(
                    TYPE,
                    "PortsUnknown",
                    "on which port the broker listens is not known yet, and network.ports names none"));
        }
        return Optional.of(
                switch (applier.ensure(BrokerShield.policy(broker, ports, self), policies)) {
                    case Applied.Present<NetworkPolicy> present ->
                        Verdict.holds(
                                TYPE,
                                "Applied",
                                "only this Broker's pools and clients, %s and network.from reach its pods, where the cluster's network enforces it"
                                        .formatted(self.isPresent() ? "the operator" : "each other"));
                    case Applied.NameTaken<NetworkPolicy> taken ->
                        Verdict.fails(
                                TYPE,
                                "NameConflict",
                                "NetworkPolicy " + taken.name()
                                        + " exists and is not this Broker's: it is left as it is; rename or delete it");
                    case Applied.Refused<NetworkPolicy> refused ->
                        Verdict.fails(
                                TYPE,
                                "Refused",
                                "the API server refuses the Broker's NetworkPolicy: " + refused.message());
                });
    }

    private static Set<Integer> ports(ConnectionSource.Resolution asked) {
        return switch (asked) {
            case ConnectionSource.Resolution.Resolved resolved -> ports(resolved.connection());
            case ConnectionSource.Resolution.ToPin pinned -> ports(pinned.connection());
            case ConnectionSource.Resolution.Unresolved unresolved -> Set.of();
        };
    }

    private static Set<Integer> ports(Connection connection) {
        return connection.topology() instanceof Topology.Sentinel sentinels
                ? BrokerPlace.portsOf(sentinels)
                : Set.of(connection.endpoint().port());
    }

    private Optional<NetworkPolicy> live(Broker broker) {
        return policies.get(
                new ResourceID(BrokerShield.name(broker), broker.getMetadata().getNamespace()));
    }
}
