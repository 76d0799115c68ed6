package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where a broker is, for NetworkPolicies: they know addresses and pods, but no names. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!(has(self.addresses) && has(self.podSelector))",
        message = "give addresses of a broker outside of the cluster, or the podSelector of one inside, not both")
@ValidationRule(
        value =
                "!has(self.podSelector) || (has(self.podSelector.matchLabels) && self.podSelector.matchLabels.size() > 0) || "
                        + "(has(self.podSelector.matchExpressions) && self.podSelector.matchExpressions.size() > 0)",
        message = "must select by something: an empty one would shut every pod of the namespace",
        fieldPath = ".podSelector")
@ValidationRule(
        value = "!has(self.from) || has(self.podSelector)",
        message = "from goes with podSelector: only of a broker in the cluster can be said who reaches it",
        fieldPath = ".from")
@ValidationRule(
        value =
                "!has(self.from) || self.from.all(peer, has(peer.ipBlock) != (has(peer.podSelector) || has(peer.namespaceSelector)))",
        message = "each of from is either an ipBlock, or a podSelector, a namespaceSelector or both",
        fieldPath = ".from")
@ValidationRule(
        value = "!has(self.addresses) || self.addresses.all(a, a.matches('" + BrokerNetwork.CIDR + "'))",
        message = "each address must be a block such as 10.0.0.0/8, 10.1.2.3/32 or fd00::/8",
        fieldPath = ".addresses")
@SchemaCustomizer(BrokerNetworkSchema.class)
public record BrokerNetwork(
        @Size(min = 1, max = 16) @JsonPropertyDescription(
                "Further TCP ports on which it listens, beside those of connections that were proven: where a Service maps another, and all of servers "
                        + "and sentinels with redis.topology Sentinel or Cluster")
        @Nullable List<Integer> ports,

        @Size(min = 1, max = 64) @JsonPropertyDescription(
                "Blocks of addresses in which it stays, whatever its name comes to lead to: workers of pools with access reach no others. Any address when it is left out")
        @Nullable List<String> addresses,

        @JsonPropertyDescription(
                "The broker's own pods, in the same namespace. A NetworkPolicy then admits to them nobody but this Broker's pools and clients, the operator, "
                        + "each other, and from")
        @Nullable LabelSelector podSelector,

        @Size(max = 64) @JsonPropertyDescription("Who else reaches the broker's pods, as in a NetworkPolicy's from")
        @Nullable List<NetworkPolicyPeer> from) {

    /** As text; Kubernetes looks closer. */
    static final String CIDR =
            "^([0-9]{1,3}([.][0-9]{1,3}){3}/([0-9]|[12][0-9]|3[0-2])|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/([0-9]{1,2}|1[01][0-9]|12[0-8]))$";

    public Set<Integer> saidPorts() {
        return new TreeSet<>(Optional.ofNullable(ports).orElse(List.of()));
    }

    public List<String> saidAddresses() {
        return Optional.ofNullable(addresses).orElse(List.of());
    }

    public List<NetworkPolicyPeer> admitted() {
        return Optional.ofNullable(from).orElse(List.of());
    }
}
