package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.desired.ClientSecrets;
import dev.workerpool.desired.SigningData;
import dev.workerpool.tls.Signers;
import dev.workerpool.tls.SigningPhase;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Those of a Broker's clients who do not run, or would not, by what they are to sign messages by. */
final class SigningClients {
    private final BrokerSecretsCache secrets;
    private final FormerUse former;
    private final FormerUse unsigned;

    /**
     * Goes by what it asks.
     *
     * @param former who runs with what a Secret held before
     * @param unsigned who does, or reads it without being told to sign by it
     */
    SigningClients(BrokerSecretsCache secrets, FormerUse former, FormerUse unsigned) {
        this.secrets = secrets;
        this.former = former;
        this.unsigned = unsigned;
    }

    void forget(BrokerKey broker) {
        former.forget(broker);
        unsigned.forget(broker);
    }

    /** For people: workloads such as {@code Deployment/web}, and Secrets that are not as they are to be yet. */
    Stream<String> behind(Broker broker, Signers signers) {
        List<String> behind = new ArrayList<>();
        Map<String, Instant> changed = new TreeMap<>();
        for (Client client : SigningData.senders(broker)) {
            Map<String, String> desired =
                    SigningData.ofClient(broker, signers, client.name()).orElse(Map.of());
            String name = ClientSecrets.name(broker, client);
            Optional<Secret> live = live(broker, name);
            if (desired.isEmpty() && live.isEmpty()) {
                continue;
            }
            if (live.filter(secret -> ClientSecrets.signsBy(secret, desired)).isEmpty()) {
                behind.add("Secret " + name);
            } else if (signers.phase() != SigningPhase.Enforced || !FormerClients.isSettled(broker, live.get())) {
                changed.put(name, ClientSecrets.since(live.get()).orElse(Instant.MAX));
            }
            if (!desired.isEmpty()) {
                live(broker, ClientSecrets.environmentName(broker, client))
                        .ifPresent(variables -> behind.add("Secret "
                                + variables.getMetadata().getName()
                                + " (by which nobody signs: mount " + name + ", and delete this one)"));
            }
        }
        FormerUse use = signers.phase().clientsHaveKeys() ? unsigned : former;
        use.of(BrokerReconciler.key(broker), changed).values().forEach(behind::addAll);
        return behind.stream().distinct();
    }

    private Optional<Secret> live(Broker broker, String name) {
        return secrets.get(broker.getMetadata().getNamespace(), name).filter(ClientSecrets::isOne);
    }
}
