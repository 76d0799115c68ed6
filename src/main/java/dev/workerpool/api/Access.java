package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who reaches a pool's workers, and whom they reach. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.egress) || !has(self.networkPolicy) || self.networkPolicy == 'Managed'",
        message = "egress goes with networkPolicy: Managed",
        fieldPath = ".egress")
@ValidationRule(
        value = "!has(self.egress) || self.egress.all(rule, !has(rule.to) || rule.to.all(peer, "
                + "has(peer.ipBlock) != (has(peer.podSelector) || has(peer.namespaceSelector))))",
        message = "each of egress[].to is either an ipBlock, or a podSelector, a namespaceSelector or both",
        fieldPath = ".egress")
@SchemaCustomizer(value = PeerSchema.class, input = "egress to")
public record Access(
        @Default("Managed")
        @JsonPropertyDescription(
                "Managed: a NetworkPolicy admits nobody to the workers, and lets them reach their broker, name servers and what egress lists. None: no such policy")
        @Nullable NetworkPolicyMode networkPolicy,

        @Size(max = 32) @JsonPropertyDescription("What workers reach besides, as in a NetworkPolicy's egress") @Nullable List<NetworkPolicyEgressRule> egress) {

    public boolean asksForPolicy() {
        return networkPolicy != NetworkPolicyMode.None;
    }

    public List<NetworkPolicyEgressRule> listed() {
        return Optional.ofNullable(egress).orElse(List.of());
    }
}
