package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.Connection;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.desired.IssuedIdentity;
import dev.workerpool.desired.Labels;
import dev.workerpool.operator.ConnectionSource.Resolution;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.ExpiryVerdicts;
import dev.workerpool.status.Verdict;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What of a Broker's reconcile concerns the client certificates that are issued at it. */
final class Issuing {
    /** Whoever was just issued one has not named it in a Deployment yet. */
    private static final Duration JUST = Duration.ofMinutes(1);

    private final ClientAuthorities authorities;
    private final CertManagerRounds certManager;
    private final BrokerSecretsCache secrets;
    private final SecretSweeper sweeper;
    private final OwnLeaves leaves;
    private final Clock clock;

    Issuing(By by, BrokerSecretsCache secrets, SecretSweeper sweeper, OwnLeaves leaves, Clock clock) {
        this.authorities = by.authorities();
        this.certManager = by.certManager();
        this.secrets = secrets;
        this.sweeper = sweeper;
        this.leaves = leaves;
        this.clock = clock;
    }

    /** Who may issue. */
    record By(ClientAuthorities authorities, CertManagerRounds certManager) {}

    /** The Broker is gone. */
    void forget(BrokerKey broker) {
        leaves.forget(broker);
        authorities.forget(broker);
        certManager.forget(broker);
    }

    /** Another process leads. */
    void forgetAll() {
        leaves.forgetAll();
        authorities.forgetAll();
        certManager.forgetAll();
    }

    /** @param inUse the connection that was last proven */
    Standing standing(Broker broker, Origin origin, Optional<Connection> inUse) {
        return IssuerTerms.of(broker)
                .map(terms -> terms.areCertManagers()
                        ? certManager.round(broker, terms, inUse)
                        : authorities.round(broker, terms, origin, inUse))
                .orElseGet(Standing.NotAsked::new);
    }

    /** The connection to be tried, with the operator's own certificate. */
    static Resolution presenting(Resolution asked, Standing standing, Optional<Issued> issued) {
        return switch (standing) {
            case Standing.NotAsked none -> asked;
            case Standing.Refused refused -> new Resolution.Unresolved(refused.reason(), refused.message());
            case Standing.Issuing issuing -> presenting(asked, issued);
            case Standing.Delivered delivered -> presenting(asked, issued);
            case Standing.Awaiting awaiting -> new Resolution.Unresolved(awaiting.reason(), awaiting.message());
        };
    }

    private static Resolution presenting(Resolution asked, Optional<Issued> issued) {
        return issued.map(Issued::identity)
                .map(asked::presenting)
                .orElseGet(() -> new Resolution.Unresolved(
                        "AuthorityNotTold", "which authority signed the operator's own certificate cannot be told"));
    }

    /** What the operator itself presents, and who signed that; empty where that cannot be told. */
    Optional<Issued> issued(Broker broker, Standing standing) {
        return switch (standing) {
            case Standing.NotAsked none -> Optional.empty();
            case Standing.Refused refused -> Optional.empty();
            case Standing.Awaiting awaiting -> Optional.empty();
            case Standing.Issuing issuing -> {
                Authority by = issuing.succession().inUse();
                yield Optional.of(new Issued(operators(broker, by), by.sha256()));
            }
            case Standing.Delivered delivered ->
                delivered
                        .signer()
                        .map(Certificates::sha256)
                        // Not trusted any more, and so not found: it is what the status recorded with this very
                        // certificate.
                        .or(() -> recordedIssuer(broker))
                        .map(by -> new Issued(delivered.presents(), by));
        };
    }

    private static Optional<String> recordedIssuer(Broker broker) {
        return Optional.ofNullable(broker.getStatus()).map(BrokerStatus::proven).map(BrokerStatus.Proven::issuedBy);
    }

    /** The one that is good for longest, while no other is due: it may have been written by an operator that told nobody of it. */
    private ClientIdentity operators(Broker broker, Authority by) {
        IssuerTerms terms = IssuerTerms.of(broker).orElseThrow();
        BrokerKey key = BrokerReconciler.key(broker);
        Instant now = clock.instant();
        Optional<ClientIdentity> written = secrets.operatorsAt(key.namespace(), key.name()).stream()
                .filter(secret -> isOf(broker, secret))
                .filter(secret -> IssuedIdentity.leaf(secret)
                        .filter(leaf -> !terms.isDue(leaf, Labels.annotation(secret, Labels.ROTATED), by, now))
                        .isPresent())
                .flatMap(secret -> BrokerSecrets.identity(secret).stream())
                .max(Comparator.comparing(ClientIdentity::notAfter).thenComparing(ClientIdentity::sha256));
        if (written.isPresent()) {
            leaves.forget(key);
        }
        return written.orElseGet(() -> leaves.of(broker, by, terms));
    }

    private static boolean isOf(Broker broker, Secret secret) {
        return secret.hasOwnerReferenceFor(broker);
    }

    /** Who renews client certificates. */
    static ExpiryVerdicts.Issuer issuer(Broker broker) {
        return IssuerTerms.of(broker)
                .map(terms -> terms.areCertManagers()
                        ? ExpiryVerdicts.Issuer.CertManager
                        : GivenAuthority.secret(broker) == null
                                ? ExpiryVerdicts.Issuer.Operator
                                : ExpiryVerdicts.Issuer.GivenAuthority)
                .orElse(ExpiryVerdicts.Issuer.People);
    }

    /** Who signs, where somebody does. */
    static Optional<Authority> authority(Standing standing) {
        return standing instanceof Standing.Issuing issuing
                ? Optional.of(issuing.succession().inUse())
                : Optional.empty();
    }

    /** Who signs, where people gave it: it is theirs to renew. */
    static Optional<Authority> given(Broker broker, Standing standing) {
        return authority(standing).filter(authority -> GivenAuthority.secret(broker) != null);
    }

    private static Optional<X509Certificate> signer(Standing standing) {
        return switch (standing) {
            case Standing.NotAsked none -> Optional.empty();
            case Standing.Refused refused -> Optional.empty();
            case Standing.Awaiting awaiting -> Optional.empty();
            case Standing.Issuing issuing ->
                Optional.of(issuing.succession().inUse().certificate());
            case Standing.Delivered delivered -> delivered.signer();
        };
    }

    /** Deletes what holders were issued and need no more; whether something superseded is left for later. */
    boolean sweep(Broker broker, Standing standing) {
        BrokerKey key = BrokerReconciler.key(broker);
        certManager.withdraw(broker, secrets.deliveredAt(key.namespace(), key.name()));
        List<Secret> issued = secrets.issuedAt(key.namespace(), key.name());
        Optional<X509Certificate> by = signer(standing);
        Map<String, Secret> newest = new HashMap<>();
        issued.forEach(secret -> newest.merge(
                IssuedIdentity.holder(secret).orElse(""),
                secret,
                BinaryOperator.maxBy(Comparator.comparing(Issuing::made))));
        Set<String> current = new HashSet<>();
        Instant justNow = clock.instant().minus(JUST);
        for (Secret secret : issued) {
            boolean good = newest.containsValue(secret)
                    && by.filter(signer -> IssuedIdentity.leaf(secret)
                                    .filter(leaf -> Certificates.signed(signer, leaf))
                                    .isPresent())
                            .isPresent();
            if (good || made(secret).isAfter(justNow)) {
                current.add(secret.getMetadata().getName());
            }
        }
        return sweeper.sweep(issued, current);
    }

    private static Instant made(Secret secret) {
        return Instant.parse(secret.getMetadata().getCreationTimestamp());
    }

    /** For the status; what was there stays while a person is waited for. */
    static BrokerStatus.@Nullable ClientAuthority shown(Broker broker, Standing standing) {
        return switch (standing) {
            case Standing.NotAsked none -> null;
            case Standing.Refused refused -> asBefore(broker);
            case Standing.Awaiting awaiting -> asBefore(broker);
            case Standing.Delivered delivered -> shown(delivered);
            case Standing.Issuing issuing ->
                new BrokerStatus.ClientAuthority(
                        issuing.succession().inUse().sha256(),
                        issuing.succession().inUse().notAfter().toString(),
                        issuing.step(),
                        issuing.succession().next().map(Authority::sha256).orElse(null),
                        issuing.waitingFor().isEmpty() ? null : issuing.waitingFor(),
                        issuing.succession().done().isEmpty()
                                ? null
                                : issuing.succession().done());
        };
    }

    private static BrokerStatus.@Nullable ClientAuthority asBefore(Broker broker) {
        return broker.getStatus() == null ? null : broker.getStatus().clientAuthority();
    }

    private static BrokerStatus.ClientAuthority shown(Standing.Delivered delivered) {
        return new BrokerStatus.ClientAuthority(
                delivered.signer().map(Certificates::sha256).orElse(""),
                delivered
                        .signer()
                        .map(signer -> signer.getNotAfter().toInstant())
                        .orElseGet(() -> delivered.presents().notAfter())
                        .toString(),
                delivered.step(),
                delivered.next().orElse(null),
                delivered.waitingFor().isEmpty() ? null : delivered.waitingFor(),
                null);
    }

    static Optional<Verdict> verdict(Standing standing) {
        return switch (standing) {
            case Standing.NotAsked none -> Optional.empty();
            case Standing.Refused refused -> Optional.of(fails(refused));
            case Standing.Awaiting awaiting ->
                Optional.of(fails(new Standing.Refused(awaiting.reason(), awaiting.message())));
            case Standing.Issuing issuing ->
                Optional.of(issuing.trouble().map(Issuing::fails).orElseGet(() -> at(issuing.step())));
            case Standing.Delivered delivered ->
                Optional.of(delivered.trouble().map(Issuing::fails).orElseGet(() -> at(delivered.step())));
        };
    }

    private static Verdict fails(Standing.Refused refused) {
        return Verdict.fails(ConditionType.CertificateReady, refused.reason(), refused.message());
    }

    private static Verdict at(String step) {
        return step.equals("Stable")
                ? Verdict.holds(
                        ConditionType.CertificateReady, "Issued", "each pool is issued its own client certificate")
                : Verdict.holds(
                        ConditionType.CertificateReady,
                        step,
                        "another authority takes over; status.clientAuthority tells what is waited for");
    }
}
