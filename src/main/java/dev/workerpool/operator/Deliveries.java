package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.desired.AskedCertificate;
import dev.workerpool.desired.AskedCertificate.Asker;
import dev.workerpool.desired.CertificateProgress;
import dev.workerpool.desired.Fingerprint;
import dev.workerpool.operator.CertManager.Answer;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.Delivery;
import dev.workerpool.tls.Holder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What cert-manager delivers to holders: asked for, looked at, and kept as long as it is good. */
final class Deliveries {
    /** What somebody did to a Certificate is mended then at the latest. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private static final Duration SOON = Duration.ofSeconds(3);

    /** So long nobody need hear of it: cert-manager takes a moment. */
    private static final Duration MOMENT = Duration.ofSeconds(15);

    private final CertManager certManager;
    private final BrokerSecretsCache secrets;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Deliveries(CertManager certManager, BrokerSecretsCache secrets, Clock clock) {
        this.certManager = certManager;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A Certificate that was seen to be as it should be. */
    private record Known(String desired, Instant at) {}

    /** What a holder has. */
    sealed interface Found {
        record Here(Delivery delivery) implements Found {}

        /**
         * Nothing that can be used.
         *
         * @param young whether it was asked for just now
         */
        record Awaited(String reason, String message, boolean young, Duration again) implements Found {}
    }

    /** What is there, whatever is asked for. */
    Optional<Delivery> peek(Asker asker) {
        return peek(asker.owner().namespace(), asker.name(), asker.holder());
    }

    Optional<Delivery> peek(String namespace, String name, Holder holder) {
        return secret(namespace, name)
                .map(secret -> Delivery.read(AskedCertificate.files(secret), holder, clock.instant()))
                .flatMap(Delivery.Read::usable);
    }

    private Optional<Secret> secret(String namespace, String name) {
        return secrets.get(namespace, name).filter(AskedCertificate::isDelivered);
    }

    /**
     * Asks for it, and gives what is there.
     *
     * @param forAuthority the fingerprint of the authority by which there is to be another; empty where any is good
     */
    Found of(Asker asker, IssuerTerms terms, String forAuthority) {
        AskedCertificate.Terms asked = terms.ofCertManager(forAuthority);
        Optional<Secret> secret = secret(asker.owner().namespace(), asker.name());
        Optional<Delivery.Read> read =
                secret.map(there -> Delivery.read(AskedCertificate.files(there), asker.holder(), clock.instant()));
        Optional<Found> good = read.flatMap(Delivery.Read::usable).map(Found.Here::new);
        if (good.isPresent() && isAsSeen(asker, asked)) {
            return good.get();
        }
        return switch (certManager.ask(asker, asked)) {
            case Answer.Refused refused ->
                good.orElseGet(() -> new Found.Awaited(refused.reason(), refused.message(), false, refused.again()));
            case Answer.There there -> {
                seen(asker, asked);
                secret.ifPresent(delivered -> keepWith(there.live(), delivered));
                yield good.orElseGet(() -> awaited(asker, there.live(), read));
            }
        };
    }

    /**
     * The same, by the authority whose certificates the broker was seen to take, once there is one by it.
     *
     * @param provenBy its fingerprint
     */
    Found following(Asker asker, Broker broker, String provenBy) {
        boolean former = isOfFormer(asker, broker, provenBy);
        return of(asker, IssuerTerms.of(broker).orElseThrow(), former ? provenBy : "");
    }

    /** What one who sends jobs has of that authority. */
    Optional<ClientIdentity> client(Broker broker, Client client, String by) {
        return following(Asker.client(broker, client), broker, by) instanceof Found.Here here
                        && here.delivery().signedBy().equals(by)
                ? Optional.of(here.delivery().identity())
                : Optional.empty();
    }

    /** Whether the operator got one of another authority since. */
    private boolean isOfFormer(Asker asker, Broker broker, String provenBy) {
        Optional<Delivery> operators =
                peek(Asker.operator(broker)).filter(own -> own.signedBy().equals(provenBy));
        return peek(asker)
                .filter(own -> !own.signedBy().equals(provenBy))
                .filter(own -> operators
                        .filter(other -> other.from().isAfter(own.from()))
                        .isPresent())
                .isPresent();
    }

    private boolean isAsSeen(Asker asker, AskedCertificate.Terms asked) {
        Known last = known.get(key(asker));
        return last != null
                && last.desired().equals(desired(asker, asked))
                && clock.instant().isBefore(last.at().plus(LOOK_AGAIN));
    }

    private void seen(Asker asker, AskedCertificate.Terms asked) {
        Instant now = clock.instant();
        // Of those that are gone, too.
        known.values().removeIf(last -> now.isAfter(last.at().plus(LOOK_AGAIN)));
        known.put(key(asker), new Known(desired(asker, asked), now));
    }

    private static String desired(Asker asker, AskedCertificate.Terms asked) {
        return Fingerprint.of(AskedCertificate.of(asker, asked));
    }

    private static String key(Asker asker) {
        return asker.owner().namespace() + "/" + asker.name();
    }

    /** It goes with the Certificate, and so with the holder: cert-manager itself leaves keys behind. */
    private void keepWith(GenericKubernetesResource certificate, Secret secret) {
        if (!secret.hasOwnerReferenceFor(certificate)) {
            secrets.own(
                    secret,
                    new OwnerReferenceBuilder()
                            .withApiVersion(AskedCertificate.API_VERSION)
                            .withKind(AskedCertificate.KIND)
                            .withName(certificate.getMetadata().getName())
                            .withUid(certificate.getMetadata().getUid())
                            .build());
        }
    }

    private Found.Awaited awaited(Asker asker, GenericKubernetesResource live, Optional<Delivery.Read> read) {
        CertificateProgress progress = CertificateProgress.of(live);
        boolean young = Instant.parse(live.getMetadata().getCreationTimestamp())
                .plus(MOMENT)
                .isAfter(clock.instant());
        if (read.orElse(null) instanceof Delivery.Read.Fault fault && !progress.issuing()) {
            return new Found.Awaited(
                    fault.reason(), "Secret " + asker.name() + ": " + fault.why(), false, CertManager.ASK_AGAIN);
        }
        String why = certManager
                .request(asker, progress.revision() + 1)
                .map(CertificateProgress::of)
                .flatMap(CertificateProgress::complaint)
                .or(progress::complaint)
                .orElse(young ? "asked for just now" : "cert-manager has not answered yet; is its controller running?");
        return new Found.Awaited(
                "CertificateNotIssued", "Certificate " + asker.name() + ": " + why, young, young ? SOON : MOMENT);
    }

    /** Of a holder that is gone, or that gets its certificates elsewhere. */
    void withdraw(Secret delivered) {
        certManager.withdraw(delivered);
    }
}
