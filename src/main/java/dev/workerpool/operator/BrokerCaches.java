package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the Broker controller watches besides Brokers: the Secrets it made for them. */
record BrokerCaches(InformerEventSource<Secret, Broker> secrets, BrokerProver prover) {
    private static final String BY_BROKER = "broker";

    static BrokerCaches of(EventSourceContext<Broker> context, BrokerReconciler.BrokerParts parts) {
        InformerEventSource<Secret, Broker> secrets = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Secret.class, Broker.class)
                        .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.OPERATOR + "," + Labels.SECRET_KIND)
                        .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(Broker.class))
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
        secrets.addIndexers(Map.of(
                BY_BROKER,
                secret -> secret.getMetadata().getOwnerReferences().stream()
                        .map(owner -> owner.getUid())
                        .toList()));
        return new BrokerCaches(secrets, parts.prover().with(secrets));
    }

    Collection<Secret> secretsOf(Broker broker) {
        return List.copyOf(secrets.byIndex(BY_BROKER, broker.getMetadata().getUid()));
    }
}
