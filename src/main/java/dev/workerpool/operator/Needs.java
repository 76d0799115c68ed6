package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.desired.AskedCertificate.Asker;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who still needs what cert-manager delivers at a Broker. By what specs say alone: that nothing can be issued for a while takes nothing from
 * anybody.
 *
 * @param brokerOf to which Broker a pool of the namespace refers; empty where the pool or the Broker is not there
 */
record Needs(Broker broker, Function<String, Optional<Broker>> brokerOf) {

    boolean needs(Secret delivered) {
        String name = delivered.getMetadata().getName();
        String holder = delivered.getMetadata().getLabels().getOrDefault(Labels.HOLDER, "");
        if (name.equals(Asker.pool(holder))) {
            // One that is gone takes its own with it, and one whose Broker is gone may be waiting for it.
            return brokerOf.apply(holder).map(Needs::isServed).orElse(true);
        }
        return isServed(broker) && (!name.startsWith(Asker.clients(broker)) || isClients(name));
    }

    private static boolean isServed(Broker at) {
        return IssuerTerms.of(at).filter(IssuerTerms::areCertManagers).isPresent();
    }

    private boolean isClients(String name) {
        return broker.getSpec().enqueuing().stream()
                .anyMatch(client -> Asker.client(broker, client).name().equals(name));
    }
}
