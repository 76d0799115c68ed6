package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Probe;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.desired.Pkcs12Data;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The operator's own certificate on a connection that stays in use while another is asked for: workers are on an old server, or the new URL
 * fails. Nobody else would renew it, and no pool be issued anything by an authority that comes meanwhile.
 */
final class Renewals {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final BrokerClient client;
    private final BiFunction<Broker, String, Optional<Secret>> kept;
    private final Predicate<Secret> keep;
    private final Clock clock;
    private final Map<BrokerKey, Instant> refused = new ConcurrentHashMap<>();

    /**
     * Over the Secrets of Brokers.
     *
     * @param keep writes one; whether it is there then
     */
    Renewals(
            BrokerClient client,
            BiFunction<Broker, String, Optional<Secret>> kept,
            Predicate<Secret> keep,
            Clock clock) {
        this.client = client;
        this.kept = kept;
        this.keep = keep;
        this.clock = clock;
    }

    /** The same finding, where the connection that was in use before stays so: with what is presented now, once the server takes it. */
    Finding on(Finding found, Broker broker, Finding.Held held, Optional<Issued> presented) {
        Optional<BrokerStatus.Proven> proven = held.proven().filter(before -> before.issuedBy() != null);
        if (proven.isEmpty()
                || held.connection().isEmpty()
                || presented.isEmpty()
                || !found.proven().equals(held.proven())) {
            return found;
        }
        Issued issued = presented.get();
        Connection fresh = held.connection().get().presenting(Optional.of(issued.identity()));
        Secret secret = BrokerSecrets.identity(broker, fresh, keystorePassword(broker, proven.get()))
                .orElseThrow();
        String name = secret.getMetadata().getName();
        if (name.equals(proven.get().identitySecret()) || wasRefusedJustNow(BrokerReconciler.key(broker))) {
            return found;
        }
        return isTaken(fresh) && keep.test(Pkcs12Data.filled(secret))
                ? found.on(proven.get().identifiedBy(name, issued.by()), fresh)
                : refused(found, BrokerReconciler.key(broker));
    }

    /** Another one is taken up with the connection that is asked for. */
    private Optional<String> keystorePassword(Broker broker, BrokerStatus.Proven proven) {
        return Optional.ofNullable(proven.identitySecret())
                .flatMap(name -> kept.apply(broker, name))
                .flatMap(Pkcs12Data::password);
    }

    private boolean isTaken(Connection connection) {
        return client.probe(connection, PATIENCE) instanceof Probe.Answered;
    }

    private boolean wasRefusedJustNow(BrokerKey broker) {
        Instant now = clock.instant();
        // Of Brokers that are gone, too.
        refused.values().removeIf(at -> !now.isBefore(at.plus(TRY_AGAIN)));
        return refused.containsKey(broker);
    }

    private Finding refused(Finding found, BrokerKey broker) {
        refused.put(broker, clock.instant());
        return found.noLaterThan(TRY_AGAIN);
    }
}
