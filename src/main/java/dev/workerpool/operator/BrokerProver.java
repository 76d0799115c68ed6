package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Probe;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.operator.BrokerSessions.Health;
import dev.workerpool.operator.ConnectionSource.Resolution;
import dev.workerpool.operator.Finding.Held;
import dev.workerpool.status.BrokerVerdicts;
import dev.workerpool.status.Verdict;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tries what a Broker's spec asks for before any worker does. Only what answered is written to Secrets; until then what
 * was proven before stays in use.
 */
final class BrokerProver {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    /** A Broker that no pool measures is tried now and then, so that its conditions stay true. */
    private static final Duration UNMEASURED_EVERY = Duration.ofMinutes(1);

    private final BrokerClient client;
    private final BrokerSessions sessions;
    private final Applier applier;
    private final InformerEventSource<Secret, Broker> secrets;
    private final Backoff backoff;
    private final CertificateLooks looks;
    private final Clock clock;

    BrokerProver(
            BrokerClient client,
            BrokerSessions sessions,
            Applier applier,
            InformerEventSource<Secret, Broker> secrets,
            Pace pace) {
        this.client = client;
        this.sessions = sessions;
        this.applier = applier;
        this.secrets = secrets;
        this.clock = pace.clock();
        this.backoff = pace.backoff();
        this.looks = pace.looks();
    }

    /** Its sense of time; how long to wait after failures, and until a certificate is looked at, is kept by Broker. */
    record Pace(Clock clock, Backoff backoff, CertificateLooks looks) {}

    Finding prove(Broker broker, Resolution resolution) {
        Held held = held(broker);
        return switch (resolution) {
            case Resolution.Unresolved unresolved ->
                new Finding(
                        BrokerVerdicts.unresolved(
                                unresolved.reason(),
                                unresolved.message(),
                                held.proven().isPresent()),
                        held,
                        Optional.empty());
            case Resolution.Resolved resolved -> prove(broker, resolved.connection(), held);
        };
    }

    private Finding prove(Broker broker, Connection connection, Held held) {
        BrokerKey key = key(broker);
        Wanted wanted = Wanted.of(broker, connection);
        boolean provenBefore = held.proven().filter(wanted::isNamedBy).isPresent();
        Health health = provenBefore ? sessions.health(key, connection) : new Health.NotSeen();
        return switch (health) {
            case Health.Answers answers ->
                connection.endpoint().tls() && looks.due(key, answers.lastSilent())
                        ? looked(broker, wanted, held)
                        : secured(broker, wanted, held.server(), nextLook(key, connection));
            case Health.Silent silent ->
                new Finding(
                        BrokerVerdicts.unavailable(connection.endpoint().tls(), silent.why()), held, Optional.empty());
            case Health.NotSeen notSeen -> probed(broker, wanted, held, provenBefore);
        };
    }

    private Optional<Duration> nextLook(BrokerKey key, Connection connection) {
        return connection.endpoint().tls() ? Optional.of(looks.rest(key)) : Optional.empty();
    }

    /** What measures it works; but who connects now is presented what the server has now. */
    private Finding looked(Broker broker, Wanted wanted, Held held) {
        BrokerKey key = key(broker);
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

    private Finding probed(Broker broker, Wanted wanted, Held held, boolean provenBefore) {
        BrokerKey key = key(broker);
        looks.taken(key);
        return switch (client.probe(wanted.connection(), PROBE_TIMEOUT)) {
            case Probe.Answered answered -> secured(broker, wanted, server(answered), Optional.of(UNMEASURED_EVERY));
            case Probe.Failed failed ->
                new Finding(
                        BrokerVerdicts.failed(failed, held.proven().isPresent() && !provenBefore),
                        held,
                        Optional.of(backoff.next(key)));
        };
    }

    /** Writes what was proven to its Secrets, where it is not there yet. */
    private Finding secured(
            Broker broker, Wanted wanted, BrokerStatus.@Nullable Server server, Optional<Duration> again) {
        String endpoint = wanted.connection().place();
        boolean tls = wanted.connection().endpoint().tls();
        for (Secret secret : wanted.secrets()) {
            String name = secret.getMetadata().getName();
            Optional<List<Verdict>> fault = switch (applier.ensure(secret, secrets)) {
                case Applied.Present<Secret> present -> Optional.empty();
                case Applied.NameTaken<Secret> taken -> Optional.of(BrokerVerdicts.conflict(endpoint, tls, name));
                case Applied.Refused<Secret> refused ->
                    Optional.of(BrokerVerdicts.refused(endpoint, tls, name, refused.message()));
            };
            if (fault.isPresent()) {
                return new Finding(fault.get(), held(broker), Optional.of(backoff.next(key(broker))));
            }
        }
        backoff.reset(key(broker));
        return new Finding(
                BrokerVerdicts.connected(endpoint, tls),
                Optional.of(wanted.proven(broker, clock)),
                Optional.of(wanted.connection()),
                server,
                again);
    }

    /** What is in use, from the Secrets that hold it: a process that has just started knows it as well. */
    private Held held(Broker broker) {
        BrokerStatus status = broker.getStatus();
        Optional<BrokerStatus.Proven> proven = Optional.ofNullable(status).map(BrokerStatus::proven);
        Optional<Connection> connection = proven.flatMap(names -> BrokerSecrets.read(
                secret(broker, names.connectionSecret()),
                Optional.ofNullable(names.trustSecret()).flatMap(name -> secret(broker, name))));
        return new Held(proven, connection, status == null ? null : status.server());
    }

    private Optional<Secret> secret(Broker broker, String name) {
        return secrets.get(new ResourceID(name, broker.getMetadata().getNamespace()));
    }

    private static BrokerStatus.Server server(Probe.Answered answered) {
        return new BrokerStatus.Server(
                answered.product(),
                answered.version(),
                answered.tls().isEmpty() ? null : answered.tls(),
                chain(answered));
    }

    private static @Nullable List<BrokerStatus.Certificate> chain(Probe.Answered answered) {
        List<BrokerStatus.Certificate> chain = answered.chain().stream()
                .map(certificate -> new BrokerStatus.Certificate(
                        certificate.subject(),
                        certificate.issuer(),
                        certificate.sha256(),
                        certificate.notAfter().toString()))
                .toList();
        return chain.isEmpty() ? null : chain;
    }

    private static BrokerKey key(Broker broker) {
        return new BrokerKey(
                broker.getMetadata().getNamespace(), broker.getMetadata().getName());
    }

    /** A connection and the Secrets that would hold it. */
    private record Wanted(Connection connection, Secret connectionSecret, Optional<Secret> trustSecret) {
        static Wanted of(Broker broker, Connection connection) {
            return new Wanted(
                    connection, BrokerSecrets.connection(broker, connection), BrokerSecrets.trust(broker, connection));
        }

        List<Secret> secrets() {
            return trustSecret
                    .map(trust -> List.of(connectionSecret, trust))
                    .orElseGet(() -> List.of(connectionSecret));
        }

        boolean isNamedBy(BrokerStatus.Proven proven) {
            return connectionSecret.getMetadata().getName().equals(proven.connectionSecret())
                    && trustName().equals(Optional.ofNullable(proven.trustSecret()));
        }

        private Optional<String> trustName() {
            return trustSecret.map(secret -> secret.getMetadata().getName());
        }

        BrokerStatus.Proven proven(Broker broker, Clock clock) {
            return Optional.ofNullable(broker.getStatus())
                    .map(BrokerStatus::proven)
                    .filter(this::isNamedBy)
                    .orElseGet(() -> new BrokerStatus.Proven(
                            connectionSecret.getMetadata().getName(),
                            trustName().orElse(null),
                            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
        }
    }
}
