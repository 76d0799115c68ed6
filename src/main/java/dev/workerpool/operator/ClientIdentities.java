package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.broker.Connection;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.desired.Labels;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.Holder;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.util.Optional;

/** The client certificates of those who send jobs, where they are issued: each is in its client's Secret, and nowhere else. */
final class ClientIdentities {
    private final Mint mint;
    private final FromCertManager certManager;
    private final Clock clock;

    /** Who has certificates elsewhere. */
    @FunctionalInterface
    interface FromCertManager {
        /** @param by the fingerprint of who is to have signed it */
        Optional<ClientIdentity> of(Broker broker, Client client, String by);
    }

    ClientIdentities(Mint mint, FromCertManager certManager, Clock clock) {
        this.mint = mint;
        this.certManager = certManager;
        this.clock = clock;
    }

    /**
     * The connection as a client is given it: with a certificate of its own, by the authority whose certificates the broker was seen to
     * take. While another than that signs, it keeps what it has; empty where that is nothing.
     *
     * @param proven as the operator connects
     * @param live the client's Secret as it is, where it is there
     */
    Optional<Connection> own(
            Broker broker, Client client, Connection proven, Standing standing, Optional<Secret> live) {
        BrokerKey key = BrokerReconciler.key(broker);
        Optional<ClientIdentity> operators = proven.identity()
                .filter(identity -> Holder.operator(key.namespace(), key.name()).isNamedIn(identity.certificate()));
        if (operators.isEmpty()) {
            return Optional.of(proven);
        }
        Holder holder = Holder.client(key.namespace(), key.name(), client.name());
        Optional<ClientIdentity> held =
                live.flatMap(BrokerSecrets::identity).filter(identity -> holder.isNamedIn(identity.certificate()));
        if (standing instanceof Standing.Delivered delivered) {
            return delivered(broker, client, delivered, operators.get())
                    .or(() -> held)
                    .map(identity -> proven.presenting(Optional.of(identity)));
        }
        Optional<Authority> by = Issuing.authority(standing)
                .filter(authority -> authority.signed(operators.get().certificate()))
                .filter(authority -> clock.instant().isBefore(authority.notAfter()));
        Optional<ClientIdentity> own = by.map(
                        authority -> held.filter(identity -> !isDue(broker, live, identity, authority))
                                .orElseGet(() -> issue(broker, holder, authority)))
                .or(() -> held);
        return own.map(identity -> proven.presenting(Optional.of(identity)));
    }

    /** By cert-manager, and by the authority that signed what the operator is proven with. */
    private Optional<ClientIdentity> delivered(
            Broker broker, Client client, Standing.Delivered standing, ClientIdentity operators) {
        Optional<String> provenBy = standing.signer()
                .filter(signer -> Certificates.signed(signer, operators.certificate()))
                .map(Certificates::sha256);
        return provenBy.flatMap(signer -> certManager.of(broker, client, signer));
    }

    private boolean isDue(Broker broker, Optional<Secret> live, ClientIdentity held, Authority by) {
        String done =
                live.map(secret -> Labels.annotation(secret, Labels.ROTATED)).orElse("");
        return IssuerTerms.of(broker)
                .filter(terms -> terms.isDue(held.certificate(), done, by, clock.instant()))
                .isPresent();
    }

    private ClientIdentity issue(Broker broker, Holder holder, Authority by) {
        IssuerTerms terms = IssuerTerms.of(broker).orElseThrow();
        return by.issue(holder, mint.key(terms.algorithm()), terms.leaf().validity(clock.instant()));
    }
}
