package dev.workerpool.desired;

import dev.workerpool.api.Access;
import dev.workerpool.api.WorkerPoolSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The NetworkPolicy of a pool: nobody reaches its workers, and they reach their broker, name servers and what its spec lists. */
public final class PoolNetwork {
    static final String INGRESS = "Ingress";
    private static final String EGRESS = "Egress";
    static final String TCP = "TCP";
    private static final int DNS = 53;

    private PoolNetwork() {}

    /** Whether the pool asks for one. */
    public static boolean isAsked(WorkerPoolSpec spec) {
        return Optional.ofNullable(spec.access()).filter(Access::asksForPolicy).isPresent();
    }

    /** @param broker the rule by which workers reach it; where there is none yet, whom they reach is left open */
    public static NetworkPolicy policy(PoolSettings settings, Optional<NetworkPolicyEgressRule> broker) {
        return policy(
                settings,
                PoolObjects.metadata(settings),
                Labels.selector(settings.identity().name()),
                broker);
    }

    /** The same for the pods of its singletons, which bear none of the labels that workers are selected by. */
    public static NetworkPolicy ofSingletons(PoolSettings settings, Optional<NetworkPolicyEgressRule> broker) {
        return policy(
                settings,
                new ObjectMetaBuilder(PoolObjects.metadata(settings))
                        .withName(nameOfSingletons(settings))
                        .build(),
                Labels.singletonsOf(settings.identity().name()),
                broker);
    }

    public static String nameOfSingletons(PoolSettings settings) {
        return settings.identity().name() + "-singletons";
    }

    private static NetworkPolicy policy(
            PoolSettings settings,
            ObjectMeta metadata,
            Map<String, String> pods,
            Optional<NetworkPolicyEgressRule> broker) {
        Access access = Objects.requireNonNull(settings.spec().access());
        return PoolObjects.stamped(new NetworkPolicyBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withNewPodSelector()
                .addToMatchLabels(pods)
                .endPodSelector()
                .withPolicyTypes(broker.isPresent() ? List.of(INGRESS, EGRESS) : List.of(INGRESS))
                .withEgress(broker.map(rule -> Stream.concat(
                                        Stream.of(rule, dns()),
                                        access.listed().stream().map(PoolNetwork::complete))
                                .toList())
                        .orElse(List.of()))
                .endSpec()
                .build());
    }

    /** The rule for a broker at this place; empty while its ports are not known. */
    public static Optional<NetworkPolicyEgressRule> toBroker(BrokerPlace place) {
        return place.ports().isEmpty()
                ? Optional.empty()
                : Optional.of(new NetworkPolicyEgressRuleBuilder()
                        .withTo(peers(place))
                        .withPorts(tcp(place.ports()))
                        .build());
    }

    /** The same rule as a policy has it that was made before. */
    public static Optional<NetworkPolicyEgressRule> toBroker(NetworkPolicy live) {
        return live.getSpec().getEgress().stream().findFirst();
    }

    private static List<NetworkPolicyPeer> peers(BrokerPlace place) {
        return Stream.concat(
                        place.pods().stream()
                                .map(pods -> new NetworkPolicyPeerBuilder()
                                        .withPodSelector(pods)
                                        .build()),
                        place.blocks().stream()
                                .map(block -> new NetworkPolicyPeerBuilder()
                                        .withNewIpBlock()
                                        .withCidr(block)
                                        .endIpBlock()
                                        .build()))
                .toList();
    }

    /** Wherever the name server is: many clusters have one on each node, or ask one outside. */
    private static NetworkPolicyEgressRule dns() {
        return new NetworkPolicyEgressRuleBuilder()
                .withPorts(port("UDP", DNS), port(TCP, DNS))
                .build();
    }

    static List<NetworkPolicyPort> tcp(Collection<Integer> ports) {
        return ports.stream().map(port -> port(TCP, port)).toList();
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(port))
                .build();
    }

    /** With what the API server would add, so that the live object can be compared with it. */
    private static NetworkPolicyEgressRule complete(NetworkPolicyEgressRule rule) {
        return new NetworkPolicyEgressRuleBuilder(rule)
                .withPorts(rule.getPorts().stream()
                        .map(port -> port.getProtocol() == null
                                ? new NetworkPolicyPortBuilder(port)
                                        .withProtocol(TCP)
                                        .build()
                                : port)
                        .toList())
                .build();
    }
}
