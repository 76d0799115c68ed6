package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.desired.ClientCa;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the server of a Broker is told of whom to trust. */
record TrustedClients(LastingSecrets secrets) {

    /** Empty where nothing was told yet, or where a stranger's Secret has the name. */
    Set<X509Certificate> of(Broker broker) {
        return live(broker)
                .filter(published -> ClientCa.isOurs(broker, published))
                .map(ClientCa::read)
                .orElse(Set.of());
    }

    private Optional<Secret> live(Broker broker) {
        return secrets.get(broker, ClientCa.name(broker));
    }

    /** Writes it where it differs; whether the name was free for it. */
    boolean publish(Broker broker, List<X509Certificate> bundle) {
        Secret desired = ClientCa.of(broker, bundle);
        Secret live = live(broker).orElseGet(() -> secrets.create(desired));
        if (!ClientCa.isOurs(broker, live)) {
            return false;
        }
        if (!live.getData().equals(desired.getData())) {
            secrets.change(live, ClientCa.patch(live, desired));
        }
        return true;
    }
}
