package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.ClientCertificates;
import dev.workerpool.api.ClientIssuer;
import dev.workerpool.api.Tls;
import dev.workerpool.desired.AskedCertificate;
import dev.workerpool.desired.GoDuration;
import dev.workerpool.desired.Labels;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.KeyAlgorithm;
import dev.workerpool.tls.LeafTerms;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How client certificates are issued at a Broker.
 *
 * @param life of an authority that the operator makes
 * @param asked which new authority people asked for last; empty where none
 */
record IssuerTerms(ClientIssuer issuer, LeafTerms leaf, KeyAlgorithm algorithm, Duration life, String asked) {
    private static final Duration LEAF = Duration.ofDays(90);
    private static final Duration AUTHORITY = Duration.ofDays(1095);

    /** Empty where none are. */
    static Optional<IssuerTerms> of(Broker broker) {
        return certificates(broker)
                .flatMap(spec -> Optional.ofNullable(spec.issuer()).map(issuer -> of(broker, spec, issuer)));
    }

    /** Who issues; empty where nobody does. */
    static Optional<ClientIssuer> issuer(Broker broker) {
        return certificates(broker).map(ClientCertificates::issuer);
    }

    private static Optional<ClientCertificates> certificates(Broker broker) {
        return Optional.ofNullable(broker.getSpec().tls()).map(Tls::clientCertificates);
    }

    private static IssuerTerms of(Broker broker, ClientCertificates spec, ClientIssuer issuer) {
        String asked = Labels.annotation(broker, Labels.ROTATE);
        return new IssuerTerms(
                issuer,
                new LeafTerms(
                        duration(spec.duration()).orElse(LEAF),
                        duration(spec.renewBefore()),
                        asked.startsWith(Labels.ROTATE_LEAF) ? asked : ""),
                spec.keyAlgorithm() == null
                        ? KeyAlgorithm.ECDSA
                        : KeyAlgorithm.valueOf(spec.keyAlgorithm().name()),
                Optional.ofNullable(issuer.own())
                        .flatMap(own -> duration(own.duration()))
                        .orElse(AUTHORITY),
                asked.startsWith(Labels.ROTATE_AUTHORITY) ? asked : "");
    }

    /**
     * Whether another leaf is due.
     *
     * @param done which renewal people had asked for when this one was made
     */
    boolean isDue(X509Certificate held, String done, Authority by, Instant now) {
        return !algorithm.made(held.getPublicKey()) || leaf.isDue(held, done, by, now);
    }

    boolean areCertManagers() {
        return issuer.certManager() != null;
    }

    /** For cert-manager. */
    AskedCertificate.Terms ofCertManager(String forAuthority) {
        return new AskedCertificate.Terms(
                Objects.requireNonNull(issuer.certManager()).issuerRef(), leaf, algorithm, forAuthority);
    }

    private static Optional<Duration> duration(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(GoDuration::parse);
    }
}
