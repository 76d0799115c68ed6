package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Probe;
import dev.workerpool.desired.AuthoritySecret;
import dev.workerpool.desired.ClientCa;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.FreshKey;
import dev.workerpool.tls.Rotation;
import dev.workerpool.tls.Rotation.Seen;
import dev.workerpool.tls.Rotation.Step;
import dev.workerpool.tls.Succession;
import dev.workerpool.tls.Validity;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authorities that sign client certificates: made, kept, and followed by others one written step after the other. */
final class ClientAuthorities {
    private static final Logger LOG = LoggerFactory.getLogger(ClientAuthorities.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** While something is waited for that tells nobody when it comes: a server's reading of a file, a pod's end. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** A server's reading of a file may take days. */
    private static final Duration AT_LAST = Duration.ofMinutes(1);

    /** No timer sleeps longer: what is due in years is looked at each day. */
    private static final Duration AT_MOST = Duration.ofDays(1);

    /** More steps in one reconcile there are not: publish, announce, publish, succeed, publish, drop, publish. */
    private static final int STEPS = 8;

    private static final int LONGEST_COMMON_NAME = 64;

    private final LastingSecrets secrets;
    private final TrustedClients trusted;
    private final BrokerClient client;
    private final Mint mint;
    private final OwnLeaves trials;
    private final Backoff pace = new Backoff(LOOK_AGAIN, AT_LAST);
    private final FormerUse formerUse;
    private final Clock clock;

    /** Who still holds what a former authority signed. */
    @FunctionalInterface
    interface FormerUse {
        /** For people: pods, Deployments. */
        List<String> of(Broker broker, Predicate<X509Certificate> isOfInUse);
    }

    ClientAuthorities(LastingSecrets secrets, BrokerClient client, Mint mint, FormerUse formerUse, Clock clock) {
        this.secrets = secrets;
        this.trusted = new TrustedClients(secrets);
        this.client = client;
        this.mint = mint;
        this.trials = new OwnLeaves(mint, clock);
        this.formerUse = formerUse;
        this.clock = clock;
    }

    /**
     * Brings it as far as it comes now.
     *
     * @param inUse the connection that was last proven, on which a coming authority is tried
     */
    Standing round(Broker broker, IssuerTerms terms, Origin origin, Optional<Connection> inUse) {
        Optional<Secret> live = secrets.get(broker, AuthoritySecret.name(broker));
        Optional<String> recorded = recorded(broker);
        if (live.isEmpty() && origin instanceof Origin.Unusable unusable) {
            return new Standing.Refused(unusable.reason(), unusable.message());
        }
        if (live.isEmpty()
                && recorded.isPresent()
                && origin instanceof Origin.Made
                && terms.asked().isEmpty()) {
            return new Standing.Refused(
                    "AuthorityMissing",
                    ("the Secret %s with the authority for client certificates (SHA-256 %s) has gone: put it back from a backup, "
                                    + "or have another made: kubectl annotate broker %s workerpool.dev/rotate=authority-%s")
                            .formatted(
                                    AuthoritySecret.name(broker),
                                    recorded.get(),
                                    broker.getMetadata().getName(),
                                    clock.instant().getEpochSecond()));
        }
        Secret secret = live.orElseGet(() -> secrets.create(AuthoritySecret.of(broker, first(broker, terms, origin))));
        Optional<Standing.Refused> doubt = Adoption.doubt(broker, terms, origin, secret);
        return doubt.<Standing>map(refused -> refused)
                .orElseGet(() ->
                        new Rotating(broker, terms, origin, inUse).steps(secret).but(origin));
    }

    void forget(BrokerKey broker) {
        trials.forget(broker);
        pace.reset(broker);
    }

    void forgetAll() {
        trials.forgetAll();
        pace.resetAll();
    }

    /** What servers trust already may be in use: it is former. */
    private Succession first(Broker broker, IssuerTerms terms, Origin origin) {
        List<X509Certificate> former = List.copyOf(trusted.of(broker));
        Authority authority = origin instanceof Origin.Given given ? given.authority() : made(broker, terms);
        return new Succession(authority, Optional.empty(), former, terms.asked());
    }

    private static Optional<String> recorded(Broker broker) {
        return Optional.ofNullable(broker.getStatus())
                .map(BrokerStatus::clientAuthority)
                .map(BrokerStatus.ClientAuthority::sha256);
    }

    /** Names of authorities differ, so that who verifies need not try one after the other. */
    private Authority made(Broker broker, IssuerTerms terms) {
        FreshKey fresh = mint.key(terms.algorithm());
        String suffix = " clients "
                + HexFormat.of().formatHex(fresh.serial().toByteArray()).substring(0, 8);
        String name =
                broker.getMetadata().getName() + "." + broker.getMetadata().getNamespace();
        int room = LONGEST_COMMON_NAME - suffix.length();
        return Authority.selfSigned(
                (name.length() <= room ? name : name.substring(0, room)) + suffix,
                fresh,
                Validity.starting(clock.instant(), terms.life()));
    }

    /** For what the next step waits, for people, and when to look again. */
    private record Wait(String what, Duration again) {}

    /** One Broker's round. */
    private final class Rotating {
        private final Broker broker;
        private final IssuerTerms terms;
        private final Origin origin;
        private final Optional<Connection> inUse;

        Rotating(Broker broker, IssuerTerms terms, Origin origin, Optional<Connection> inUse) {
            this.broker = broker;
            this.terms = terms;
            this.origin = origin;
            this.inUse = inUse;
        }

        private Rotation rotation(Succession held) {
            return new Rotation(terms.leaf().duration(), origin.given(held.inUse()), terms.asked());
        }

        Standing steps(Secret first) {
            Secret secret = first;
            Instant now = clock.instant();
            for (int step = 0; step < STEPS; step++) {
                Succession held = AuthoritySecret.read(secret).orElseThrow();
                Seen seen = new Seen(
                        now,
                        secrets.get(broker, ClientCa.name(broker))
                                .map(ClientCa::read)
                                .orElse(Set.of()),
                        proven(),
                        () -> formerUse.of(broker, held.inUse()::signed));
                switch (rotation(held).next(held, seen)) {
                    case Step.Keep keep -> {
                        return new Standing.Issuing(held, List.of(), untilDue(held, now));
                    }
                    case Step.Await await -> {
                        return new Standing.Issuing(held, await.what(), LOOK_AGAIN);
                    }
                    case Step.Publish publish -> {
                        if (!trusted.publish(broker, publish.bundle())) {
                            return nameTaken(ClientCa.name(broker));
                        }
                    }
                    case Step.Announce announce -> {
                        forget(BrokerReconciler.key(broker));
                        secret = write(
                                secret,
                                held.announcing(announce.given().orElseGet(() -> made(broker, terms)), terms.asked()));
                    }
                    case Step.Write write -> secret = write(secret, write.now());
                    case Step.TryNext next -> {
                        Optional<Wait> wait = untaken(next.next());
                        if (wait.isPresent()) {
                            return new Standing.Issuing(
                                    held, List.of(wait.get().what()), wait.get().again());
                        }
                        forget(BrokerReconciler.key(broker));
                        secret = write(secret, held.succeeded());
                    }
                }
            }
            throw new IllegalStateException("a rotation does not come to rest");
        }

        private String proven() {
            return Optional.ofNullable(broker.getStatus())
                    .map(BrokerStatus::proven)
                    .map(BrokerStatus.Proven::issuedBy)
                    .orElse("");
        }

        /** Who signs must have been told before, so that one that somebody put in its place is known as such. */
        private String announced() {
            return Optional.ofNullable(broker.getStatus())
                    .map(BrokerStatus::clientAuthority)
                    .map(BrokerStatus.ClientAuthority::next)
                    .orElse("");
        }

        private Duration untilDue(Succession held, Instant now) {
            Duration rest = Duration.between(now, rotation(held).renewal(held.inUse()));
            return !(origin instanceof Origin.Made) || rest.compareTo(AT_MOST) > 0 || rest.isNegative()
                    ? AT_MOST
                    : rest;
        }

        private Secret write(Secret live, Succession now) {
            LOG.info(
                    "Broker {}/{}: authority for client certificates: {} signs, {} to come, {} former",
                    broker.getMetadata().getNamespace(),
                    broker.getMetadata().getName(),
                    now.inUse().sha256(),
                    now.next().map(Authority::sha256).orElse("none"),
                    now.former().size());
            return secrets.change(live, AuthoritySecret.patch(live, now));
        }

        /** Why the server does not take what the coming authority signs; empty where it does. */
        private Optional<Wait> untaken(Authority next) {
            if (!next.sha256().equals(announced())) {
                return Optional.of(new Wait("the status, to tell of the new authority", LOOK_AGAIN));
            }
            if (isNeverProven(broker)) {
                return Optional.empty();
            }
            if (inUse.isEmpty()) {
                return Optional.of(new Wait("a broker that was proven", LOOK_AGAIN));
            }
            var leaf = trials.of(broker, next, terms);
            return switch (client.probe(inUse.get().presenting(Optional.of(leaf)), PATIENCE)) {
                case Probe.Answered answered -> Optional.empty();
                case Probe.Failed failed ->
                    Optional.of(new Wait(waitsForServer(broker, failed), pace.next(BrokerReconciler.key(broker))));
            };
        }
    }

    /** For people. The same at each try: another sentence would be another status, and wake every pool. */
    static String waitsForServer(Broker broker, Probe.Failed failed) {
        return "the server, to take the new authority from Secret %s (now: %s)"
                .formatted(ClientCa.name(broker), failed.cause());
    }

    /** Nobody has been issued anything: a server that knows another authority alone would else never be proven. */
    static boolean isNeverProven(Broker broker) {
        return broker.getStatus() == null || broker.getStatus().proven() == null;
    }

    static Standing.Refused nameTaken(String secret) {
        return new Standing.Refused(
                "NameConflict", "Secret " + secret + " exists and is not the operator's: rename or delete it");
    }
}
