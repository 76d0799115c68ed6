package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Probe;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.desired.Pkcs12Data;
import dev.workerpool.operator.BrokerSessions.Health;
import dev.workerpool.operator.ConnectionSource.Resolution;
import dev.workerpool.operator.Finding.Held;
import dev.workerpool.operator.Trials.Servers;
import dev.workerpool.status.BrokerVerdicts;
import dev.workerpool.status.Verdict;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries what a Broker's spec asks for before any worker does. Only what answered is written to Secrets; until then what
 * was proven before stays in use.
 */
final class BrokerProver {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    /** A Broker that no pool measures is tried now and then, so that its conditions stay true. */
    private static final Duration UNMEASURED_EVERY = Duration.ofMinutes(1);

    /** Of a large cluster each server has its own; a few are enough to know it again. */
    private static final int MOST_IDS = 8;

    private final BrokerClient client;
    private final BrokerSessions sessions;
    private final Moves moves;
    private final FormerServers formers;
    private final Applier applier;
    private final InformerEventSource<Secret, Broker> secrets;
    private final Backoff backoff;
    private final CertificateLooks looks;
    private final Clock clock;
    private final Pinning pinning;
    private final Renewals renewals;

    BrokerProver(Asked asked, Applier applier, InformerEventSource<Secret, Broker> secrets, Pace pace) {
        BrokerClient client = asked.client();
        this.client = client;
        this.pinning = new Pinning(client, new Pins(applier.client(), secrets));
        this.sessions = asked.sessions();
        this.moves = asked.moves();
        this.formers = asked.formers();
        this.applier = applier;
        this.secrets = secrets;
        this.clock = pace.clock();
        this.backoff = pace.backoff();
        this.looks = pace.looks();
        this.renewals = new Renewals(
                client,
                this::secret,
                secret -> applier.ensure(secret, secrets) instanceof Applied.Present<Secret>,
                clock);
    }

    /** Who know servers: by trying, by measuring, and what is to be done between two of them. */
    record Asked(BrokerClient client, BrokerSessions sessions, Moves moves, FormerServers formers) {}

    /** Its sense of time; how long to wait after failures, and until a certificate is looked at, is kept by Broker. */
    record Pace(Clock clock, Backoff backoff, CertificateLooks looks) {}

    /** The connection that was last proven. */
    Optional<Connection> inUse(Broker broker) {
        return held(broker).connection();
    }

    /**
     * How what is presented is handed on.
     *
     * @param issued what the operator itself presents, where it was issued that
     * @param keystorePassword where it is to be in PKCS#12 as well
     */
    record Presented(Optional<Issued> issued, Optional<String> keystorePassword) {}

    Finding prove(Broker broker, Resolution resolution, Presented presented) {
        Held held = held(broker);
        return renewals.on(tried(broker, resolution, presented, held), broker, held, presented.issued());
    }

    private Finding tried(Broker broker, Resolution resolution, Presented presented, Held held) {
        return switch (resolution) {
            case Resolution.Unresolved unresolved ->
                new Finding(
                        BrokerVerdicts.unresolved(
                                unresolved.reason(),
                                unresolved.message(),
                                held.proven().isPresent()),
                        held,
                        Optional.empty());
            case Resolution.Resolved resolved -> prove(broker, wanted(broker, resolved.connection(), presented), held);
            case Resolution.ToPin asked -> pinned(broker, asked, presented, held);
        };
    }

    private Finding pinned(Broker broker, Resolution.ToPin asked, Presented presented, Held held) {
        return switch (pinning.pin(broker, asked)) {
            case Pinning.Outcome.Trusting trusting ->
                prove(broker, wanted(broker, trusting.connection(), presented), held)
                        .pinned(trusting.pinned());
            case Pinning.Outcome.Refused refused ->
                new Finding(
                        BrokerVerdicts.distrusted(
                                refused.reason(),
                                refused.message(),
                                held.proven().isPresent()),
                        held,
                        Optional.of(backoff.next(BrokerReconciler.key(broker))));
            case Pinning.Outcome.Unseen unseen ->
                new Finding(
                        BrokerVerdicts.failed(unseen.failed(), held.proven().isPresent()),
                        held,
                        Optional.of(backoff.next(BrokerReconciler.key(broker))));
        };
    }

    private Wanted wanted(Broker broker, Connection connection, Presented presented) {
        return Wanted.of(
                        broker,
                        new Wanted.Offered(connection, presented.keystorePassword()),
                        name -> secret(broker, name).isPresent())
                .issuedBy(presented.issued().map(Issued::by));
    }

    private Finding prove(Broker broker, Wanted wanted, Held held) {
        Finding found = found(broker, wanted, held);
        return wanted.isProven() ? formers.after(broker, found, names -> held(broker, names)) : found;
    }

    private Finding found(Broker broker, Wanted wanted, Held held) {
        BrokerKey key = BrokerReconciler.key(broker);
        Connection connection = wanted.connection();
        Health health = wanted.isProven() ? sessions.health(key, connection) : new Health.NotSeen();
        return switch (health) {
            case Health.Answers answers ->
                connection.endpoint().tls() && looks.due(key, answers.lastSilent())
                        ? looked(broker, wanted, held)
                        : secured(broker, wanted, held.server(), nextLook(key, connection));
            case Health.Silent silent -> silent(broker, connection, silent.why(), held);
            case Health.NotSeen notSeen -> probed(broker, wanted, held);
        };
    }

    /** Somebody else may have taken its place, and then it is not only out of reach. */
    private Finding silent(Broker broker, Connection connection, String why, Held held) {
        if (connection.endpoint().tls()
                && client.probe(connection, PROBE_TIMEOUT) instanceof Probe.Failed failed
                && Probe.concernsCertificate(failed.cause())) {
            BrokerKey key = BrokerReconciler.key(broker);
            looks.forget(key);
            return new Finding(BrokerVerdicts.failed(failed, false), held, Optional.of(backoff.next(key)));
        }
        return new Finding(BrokerVerdicts.unavailable(BrokerVerdicts.trusted(connection), why), held, Optional.empty());
    }

    private Optional<Duration> nextLook(BrokerKey key, Connection connection) {
        return connection.endpoint().tls() ? Optional.of(looks.rest(key)) : Optional.empty();
    }

    /** What measures it works; but who connects now is presented what the server has now. */
    private Finding looked(Broker broker, Wanted wanted, Held held) {
        BrokerKey key = BrokerReconciler.key(broker);
        looks.taken(key);
        return switch (client.probe(wanted.connection(), PROBE_TIMEOUT)) {
            case Probe.Answered answered ->
                secured(broker, wanted, server(answered), nextLook(key, wanted.connection()));
            case Probe.Failed failed -> {
                if (!Probe.concernsTrust(failed.cause())) {
                    yield secured(broker, wanted, held.server(), nextLook(key, wanted.connection()));
                }
                looks.forget(key);
                yield new Finding(BrokerVerdicts.failed(failed, false), held, Optional.of(backoff.next(key)));
            }
        };
    }

    private Finding probed(Broker broker, Wanted wanted, Held held) {
        BrokerKey key = BrokerReconciler.key(broker);
        Optional<Probe.Answered> tried =
                wanted.isProven() ? Optional.empty() : moves.triedJustNow(key, wanted.connection());
        if (tried.isPresent()) {
            return answered(broker, wanted, held, tried.get());
        }
        looks.taken(key);
        return switch (client.probe(wanted.connection(), PROBE_TIMEOUT)) {
            case Probe.Answered answered -> answered(broker, wanted, held, answered);
            case Probe.Failed failed ->
                new Finding(
                        BrokerVerdicts.failed(failed, held.proven().isPresent() && !wanted.isProven()),
                        held,
                        Optional.of(backoff.next(key)));
        };
    }

    private Finding answered(Broker broker, Wanted wanted, Held held, Probe.Answered answered) {
        Supplier<Finding> give = () -> secured(broker, wanted, server(answered), Optional.of(UNMEASURED_EVERY));
        if (wanted.isProven()) {
            return give.get();
        }
        return held.connection()
                .map(inUse -> moves.arrived(broker, held, new Servers(inUse, wanted.connection(), answered), give))
                .orElseGet(
                        () -> Moves.replica(wanted.connection(), answered, held).orElseGet(give));
    }

    /** Writes what was proven to its Secrets, where it is not there yet. */
    private Finding secured(
            Broker broker, Wanted wanted, BrokerStatus.@Nullable Server server, Optional<Duration> again) {
        String endpoint = wanted.connection().place();
        Verdict trusted = BrokerVerdicts.trusted(wanted.connection());
        for (Secret bare : wanted.secrets()) {
            String name = bare.getMetadata().getName();
            Secret secret = secret(broker, name).isPresent() ? bare : Pkcs12Data.filled(bare);
            Optional<List<Verdict>> fault = switch (applier.ensure(secret, secrets)) {
                case Applied.Present<Secret> present -> Optional.empty();
                case Applied.NameTaken<Secret> taken -> Optional.of(BrokerVerdicts.conflict(endpoint, trusted, name));
                case Applied.Refused<Secret> refused ->
                    Optional.of(BrokerVerdicts.refused(endpoint, trusted, name, refused.message()));
            };
            if (fault.isPresent()) {
                return new Finding(fault.get(), held(broker), Optional.of(backoff.next(BrokerReconciler.key(broker))));
            }
        }
        backoff.reset(BrokerReconciler.key(broker));
        return new Finding(
                BrokerVerdicts.connected(endpoint, trusted),
                Optional.of(wanted.proven(clock)),
                Optional.of(wanted.connection()),
                server,
                again,
                Optional.empty(),
                Optional.empty());
    }

    /** What is in use, from the Secrets that hold it: a process that has just started knows it as well. */
    private Held held(Broker broker) {
        BrokerStatus status = broker.getStatus();
        Optional<BrokerStatus.Proven> proven = Optional.ofNullable(status).map(BrokerStatus::proven);
        Optional<Connection> connection = proven.flatMap(names -> held(broker, names));
        return new Held(proven, connection, status == null ? null : status.server());
    }

    private Optional<Connection> held(Broker broker, BrokerStatus.Proven names) {
        Optional<Secret> connection = secret(broker, names.connectionSecret());
        Optional<Secret> trust = Optional.ofNullable(names.trustSecret()).flatMap(name -> secret(broker, name));
        return names.identitySecret() == null
                ? BrokerSecrets.read(connection, trust)
                : secret(broker, names.identitySecret())
                        .flatMap(identity -> BrokerSecrets.read(connection, trust, identity));
    }

    private Optional<Secret> secret(Broker broker, String name) {
        return secrets.get(new ResourceID(name, broker.getMetadata().getNamespace()));
    }

    private static BrokerStatus.Server server(Probe.Answered answered) {
        return new BrokerStatus.Server(
                answered.product(),
                answered.version(),
                answered.tls().isEmpty() ? null : answered.tls(),
                chain(answered),
                answered.data().ids().isEmpty()
                        ? null
                        : answered.data().ids().stream()
                                .sorted()
                                .limit(MOST_IDS)
                                .toList());
    }

    private static @Nullable List<BrokerStatus.Certificate> chain(Probe.Answered answered) {
        List<BrokerStatus.Certificate> chain = answered.chain().stream()
                .map(certificate -> new BrokerStatus.Certificate(
                        certificate.subject(),
                        certificate.issuer(),
                        certificate.sha256(),
                        certificate.notBefore().toString(),
                        certificate.notAfter().toString()))
                .toList();
        return chain.isEmpty() ? null : chain;
    }
}
