package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.desired.AuthoritySecret;
import dev.workerpool.desired.IssuedIdentity;
import dev.workerpool.desired.IssuedIdentity.Owner;
import dev.workerpool.desired.Labels;
import dev.workerpool.desired.Pkcs12Data;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.Holder;
import dev.workerpool.tls.Succession;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Client certificates of a Broker's authority, one Secret for each holder at a time. */
final class PoolIdentities {
    /** No timer sleeps longer. */
    private static final Duration AT_MOST = Duration.ofDays(1);

    private final BrokerSecretsCache secrets;
    private final Mint mint;
    private final Clock clock;

    PoolIdentities(BrokerSecretsCache secrets, Mint mint, Clock clock) {
        this.secrets = secrets;
        this.mint = mint;
        this.clock = clock;
    }

    /**
     * Who issues at a Broker, and how.
     *
     * @param keystorePassword where holders are given PKCS#12 as well
     */
    record At(Broker broker, IssuerTerms terms, Authority authority, Optional<String> keystorePassword) {}

    /**
     * What a holder has.
     *
     * @param again when another is due
     */
    record Held(String secret, Duration again) {}

    /** @param provenBy the authority whose certificates the broker was seen to take; empty while that is another than signs now */
    Optional<At> at(Broker broker, String provenBy) {
        String namespace = broker.getMetadata().getNamespace();
        return IssuerTerms.of(broker)
                .flatMap(terms -> secrets.get(namespace, AuthoritySecret.name(broker))
                        .filter(secret -> AuthoritySecret.isOurs(broker, secret))
                        .flatMap(AuthoritySecret::read)
                        .map(Succession::inUse)
                        .filter(authority -> authority.sha256().equals(provenBy))
                        .filter(authority -> clock.instant().isBefore(authority.notAfter()))
                        .flatMap(authority -> secrets.presentedAt(broker)
                                .map(own -> new At(broker, terms, authority, Pkcs12Data.password(own)))));
    }

    /** What it was issued, where no other is due: the one that is good for longest. */
    Optional<Held> current(Owner owner, At at) {
        Instant now = clock.instant();
        return secrets.issuedTo(owner.namespace(), owner.name()).stream()
                .filter(secret -> secret.hasOwnerReferenceFor(owner.reference().getUid()))
                .filter(secret -> Pkcs12Data.password(secret).equals(at.keystorePassword()))
                .flatMap(secret -> IssuedIdentity.leaf(secret)
                        .filter(leaf ->
                                !at.terms().isDue(leaf, Labels.annotation(secret, Labels.ROTATED), at.authority(), now))
                        .map(leaf -> new Candidate(secret, leaf))
                        .stream())
                .max(Comparator.comparing(candidate -> candidate.leaf().getNotAfter()))
                .map(candidate ->
                        new Held(candidate.secret().getMetadata().getName(), rest(at.terms(), candidate.leaf(), now)));
    }

    private record Candidate(Secret secret, X509Certificate leaf) {}

    private static Duration rest(IssuerTerms terms, X509Certificate leaf, Instant now) {
        Duration rest = Duration.between(now, terms.leaf().renewal(leaf));
        return rest.isNegative() || rest.compareTo(AT_MOST) > 0 ? AT_MOST : rest.plusSeconds(1);
    }

    /** Another one, written to a Secret of its own. */
    Held issue(Owner owner, Holder holder, At at) {
        Instant now = clock.instant();
        var leaf = at.authority()
                .issue(
                        holder,
                        mint.key(at.terms().algorithm()),
                        at.terms().leaf().validity(now));
        Secret made = secrets.create(IssuedIdentity.of(
                owner,
                leaf,
                Pkcs12Data.extra(leaf, at.keystorePassword()),
                at.terms().leaf().asked()));
        return new Held(made.getMetadata().getName(), rest(at.terms(), leaf.certificate(), now));
    }
}
