package dev.workerpool.desired;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerNetwork;
import dev.workerpool.api.Client;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The NetworkPolicy of a broker that runs in the cluster: who of all the cluster reaches its pods. */
public final class BrokerShield {
    /** The label's name is the Broker's, so that one pod can be a client of several. */
    public static final String CLIENT_OF = "client.workerpool.dev/";

    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private BrokerShield() {}

    /** Its kind's other names are pools'. */
    public static String name(Broker broker) {
        return broker.getMetadata().getName() + "-broker";
    }

    /** The pods it is for; nobody's where the broker is not said to run here. */
    public static Optional<LabelSelector> pods(Broker broker) {
        return Optional.ofNullable(broker.getSpec().network()).map(BrokerNetwork::podSelector);
    }

    /**
     * @param ports on which the broker listens
     * @param operator empty where the operator is outside of the cluster, and is admitted by address if at all
     */
    public static NetworkPolicy policy(Broker broker, Collection<Integer> ports, Optional<OwnPods> operator) {
        LabelSelector pods = pods(broker).orElseThrow();
        return PoolObjects.stamped(new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(broker.getMetadata().getNamespace())
                .withName(name(broker))
                .withLabels(new TreeMap<>(Map.of(
                        Labels.MANAGED_BY,
                        Labels.OPERATOR,
                        Labels.BROKER,
                        broker.getMetadata().getName())))
                .withOwnerReferences(BrokerSecrets.owner(broker))
                .endMetadata()
                .withNewSpec()
                .withPodSelector(pods)
                .withPolicyTypes(PoolNetwork.INGRESS)
                .withIngress(amongThemselves(pods), others(broker, ports, operator))
                .endSpec()
                .build());
    }

    /** Replicas, sentinels and the nodes of a cluster speak on ports of their own. */
    private static NetworkPolicyIngressRule amongThemselves(LabelSelector pods) {
        return new NetworkPolicyIngressRuleBuilder().withFrom(peer(pods)).build();
    }

    private static NetworkPolicyIngressRule others(
            Broker broker, Collection<Integer> ports, Optional<OwnPods> operator) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(Stream.of(
                                Stream.of(ours(broker, Labels.POOL), ours(broker, Labels.SINGLETON_OF)),
                                clients(broker).stream(),
                                operator.stream().map(BrokerShield::operator),
                                Objects.requireNonNull(broker.getSpec().network()).admitted().stream())
                        .flatMap(peers -> peers)
                        .toList())
                .withPorts(PoolNetwork.tcp(ports))
                .build();
    }

    private static NetworkPolicyPeer ours(Broker broker, String label) {
        return new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .addToMatchLabels(Labels.BROKER, broker.getMetadata().getName())
                .addNewMatchExpression()
                .withKey(label)
                .withOperator("Exists")
                .endMatchExpression()
                .endPodSelector()
                .build();
    }

    private static Optional<NetworkPolicyPeer> clients(Broker broker) {
        List<String> names =
                broker.getSpec().enqueuing().stream().map(Client::name).sorted().toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new NetworkPolicyPeerBuilder()
                        .withNewPodSelector()
                        .addNewMatchExpression()
                        .withKey(CLIENT_OF + broker.getMetadata().getName())
                        .withOperator("In")
                        .withValues(names)
                        .endMatchExpression()
                        .endPodSelector()
                        .build());
    }

    private static NetworkPolicyPeer operator(OwnPods operator) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .addToMatchLabels(NAMESPACE_NAME, operator.namespace())
                .endNamespaceSelector()
                .withNewPodSelector()
                .addToMatchLabels(operator.sortedLabels())
                .endPodSelector()
                .build();
    }

    private static NetworkPolicyPeer peer(LabelSelector pods) {
        return new NetworkPolicyPeerBuilder().withPodSelector(pods).build();
    }
}
