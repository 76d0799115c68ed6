package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.desired.AskedCertificate;
import dev.workerpool.desired.AuthoritySecret;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.desired.ClientCa;
import dev.workerpool.desired.IssuedIdentity;
import dev.workerpool.desired.Labels;
import dev.workerpool.desired.PinSecret;
import dev.workerpool.desired.PoolSigning;
import dev.workerpool.desired.SignersSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the Broker controller watches besides Brokers: the Secrets and NetworkPolicies it made for them. */
record BrokerCaches(
        InformerEventSource<Secret, Broker> secrets,
        BrokerProver prover,
        Issuing issuing,
        SigningRounds signing,
        Clients clients,
        BrokerPolicies policies) {
    private static final String BY_BROKER = "broker";

    static BrokerCaches of(EventSourceContext<Broker> context, BrokerReconciler.BrokerParts parts) {
        InformerEventSource<Secret, Broker> secrets = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Secret.class, Broker.class)
                        .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.OPERATOR + "," + Labels.SECRET_KIND)
                        .withSecondaryToPrimaryMapper(BrokerCaches::brokerOf)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
        secrets.addIndexers(Map.of(
                BY_BROKER,
                secret -> secret.getMetadata().getOwnerReferences().stream()
                        .map(owner -> owner.getUid())
                        .toList()));
        return new BrokerCaches(
                secrets,
                parts.writers().prover(secrets),
                parts.writers().issuing(secrets),
                parts.writers().signing(secrets),
                parts.writers().clients(secrets),
                parts.writers().policies(policies(context)));
    }

    private static InformerEventSource<NetworkPolicy, Broker> policies(EventSourceContext<Broker> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(NetworkPolicy.class, Broker.class)
                        .withLabelSelector(
                                Labels.MANAGED_BY + "=" + Labels.OPERATOR + "," + Labels.BROKER + ",!" + Labels.POOL)
                        .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(Broker.class))
                        .withOnUpdateFilter(Noteworthy.OBJECT)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
    }

    /** What outlives its Broker has no owner, and what a pool was issued is the pool's. */
    private static final Set<String> KNOWN_BY_LABEL = Set.of(
            PinSecret.PIN,
            AuthoritySecret.KIND,
            ClientCa.KIND,
            IssuedIdentity.KIND,
            AskedCertificate.DELIVERED,
            SignersSecret.KIND,
            PoolSigning.KIND);

    private static Set<ResourceID> brokerOf(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return KNOWN_BY_LABEL.contains(labels.get(Labels.SECRET_KIND))
                ? Set.of(new ResourceID(
                        labels.getOrDefault(Labels.BROKER, ""),
                        secret.getMetadata().getNamespace()))
                : Mappers.<Secret>fromOwnerReferences(Broker.class).toPrimaryResourceIDs(secret);
    }

    Collection<Secret> connectionsOf(Broker broker) {
        return secretsOf(broker).stream()
                .filter(secret -> BrokerSecrets.CONNECTION.equals(
                        secret.getMetadata().getLabels().get(Labels.SECRET_KIND)))
                .toList();
    }

    Collection<Secret> secretsOf(Broker broker) {
        return List.copyOf(secrets.byIndex(BY_BROKER, broker.getMetadata().getUid()));
    }
}
