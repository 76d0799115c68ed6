package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.desired.PoolSigning;
import dev.workerpool.desired.SignersSecret;
import dev.workerpool.framework.Celery;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.tls.Signers;
import dev.workerpool.tls.SigningPhase;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.Consumer;

/** What a pool is given to sign messages by. */
final class PoolSignings {
    private final BrokerSecretsCache secrets;
    private final Consumer<BrokerKey> wake;

    /** @param wake of a Broker that has not heard of a pool yet */
    PoolSignings(BrokerSecretsCache secrets, Consumer<BrokerKey> wake) {
        this.secrets = secrets;
        this.wake = wake;
    }

    /** What there is for one pool. */
    sealed interface Offer {
        /** Its messages are not signed. */
        record Unsigned() implements Offer {}

        record Sign(Secret by) implements Offer {}

        /** It starts later, and goes on with what it has. */
        record Later(Note why) implements Offer {}
    }

    /** @param runs whether it has a Deployment already */
    Offer of(PoolSettings settings, Optional<Broker> broker, boolean runs) {
        if (!(settings.framework() instanceof Celery) || !settings.ownsDeployment() || broker.isEmpty()) {
            return new Offer.Unsigned();
        }
        Broker at = broker.get();
        Optional<Secret> live = secrets.get(at.getMetadata().getNamespace(), SignersSecret.name(at));
        return switch (SignersKept.of(at, live)) {
            case SignersKept.Doubtful doubtful ->
                isConcern(at) ? new Offer.Later(new Note(doubtful.reason(), doubtful.message())) : new Offer.Unsigned();
            case SignersKept.Nothing nothing -> before(at, runs);
            case SignersKept.Here here -> of(settings, at, here.signers(), runs);
        };
    }

    private static boolean isConcern(Broker broker) {
        return broker.getSpec().signing() != null
                || (broker.getStatus() != null && broker.getStatus().signing() != null);
    }

    /** One that is new starts with its key, and is not rolled to it a moment later. */
    private static Offer before(Broker broker, boolean runs) {
        return broker.getSpec().signing() == null || runs ? new Offer.Unsigned() : notKnown();
    }

    private Offer of(PoolSettings settings, Broker broker, Signers signers, boolean runs) {
        if (signers.phase() == SigningPhase.Off) {
            return before(broker, runs);
        }
        return PoolSigning.of(broker, signers, PoolSigning.Pool.of(settings.identity(), settings.spec()))
                .<Offer>map(Offer.Sign::new)
                .orElseGet(() -> {
                    wake.accept(BrokerReconciler.key(broker));
                    return notKnown();
                });
    }

    private static Offer notKnown() {
        return new Offer.Later(
                new Note(
                        "SigningKeyNotKnownYet",
                        "its workers start once all others take what they sign: see status.signing of the Broker for who is waited for"));
    }

    /** It is there from now on. */
    void ensure(Secret desired) {
        if (secrets.get(
                        desired.getMetadata().getNamespace(),
                        desired.getMetadata().getName())
                .isPresent()) {
            return;
        }
        try {
            secrets.create(desired);
        } catch (KubernetesClientException e) {
            // Named by its content and immutable: one that the cache does not show yet is this one.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }
}
