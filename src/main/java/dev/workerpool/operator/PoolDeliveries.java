package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.desired.AskedCertificate.Asker;
import dev.workerpool.desired.IssuedIdentity;
import dev.workerpool.desired.IssuedIdentity.Owner;
import dev.workerpool.desired.Pkcs12Data;
import dev.workerpool.operator.Deliveries.Found;
import dev.workerpool.operator.PoolIdentities.Held;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What cert-manager delivers to pools, copied into Secrets that do not change while pods mount them. */
final class PoolDeliveries {
    /** While the operator's own connection is to be of the same authority first, which its status then tells. */
    private static final Duration UNTIL_PROVEN = Duration.ofSeconds(10);

    private static final Duration AT_MOST = Duration.ofMinutes(10);

    private final Deliveries deliveries;
    private final BrokerSecretsCache secrets;

    PoolDeliveries(Deliveries deliveries, BrokerSecretsCache secrets) {
        this.deliveries = deliveries;
        this.secrets = secrets;
    }

    /**
     * What a holder is to have.
     *
     * @param keystorePassword where it is to be in PKCS#12 as well
     */
    record Delivered(ClientIdentity identity, Optional<String> keystorePassword) {}

    /** What is due for a pool. */
    sealed interface Due {
        /** @param held the copy of it, where there is one */
        record Now(Delivered what, Optional<Held> held) implements Due {}

        /** It goes on with what it has. */
        record Later(Duration again) implements Due {}

        record Stuck(Note why) implements Due {}
    }

    /** @param provenBy the authority whose certificates the broker was seen to take */
    Due of(Owner owner, Broker broker, String provenBy) {
        Optional<Secret> operators = secrets.presentedAt(broker);
        if (operators.isEmpty()) {
            return new Due.Later(UNTIL_PROVEN);
        }
        return switch (deliveries.following(Asker.pool(owner), broker, provenBy)) {
            case Found.Awaited awaited ->
                awaited.young()
                        ? new Due.Later(awaited.again())
                        : new Due.Stuck(new Note(awaited.reason(), awaited.message()));
            case Found.Here here ->
                here.delivery().signedBy().equals(provenBy)
                        ? now(owner, new Delivered(here.delivery().identity(), Pkcs12Data.password(operators.get())))
                        : new Due.Later(UNTIL_PROVEN);
        };
    }

    private Due now(Owner owner, Delivered what) {
        return new Due.Now(what, copied(owner, what));
    }

    private Optional<Held> copied(Owner owner, Delivered what) {
        return secrets.issuedTo(owner.namespace(), owner.name()).stream()
                .filter(secret -> secret.hasOwnerReferenceFor(owner.reference().getUid()))
                .filter(secret -> IssuedIdentity.leaf(secret)
                        .filter(what.identity().certificate()::equals)
                        .isPresent())
                .filter(secret -> Pkcs12Data.password(secret).equals(what.keystorePassword()))
                .map(secret -> held(secret))
                .findFirst();
    }

    Held copy(Owner owner, Delivered what) {
        Map<String, String> extra = Pkcs12Data.extra(what.identity(), what.keystorePassword());
        return held(secrets.create(IssuedIdentity.of(owner, what.identity(), extra, "")));
    }

    private static Held held(Secret secret) {
        return new Held(secret.getMetadata().getName(), AT_MOST);
    }
}
