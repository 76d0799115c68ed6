package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerSpec;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.Redis;
import dev.workerpool.api.RedisSentinel;
import dev.workerpool.api.SecretKeyRef;
import dev.workerpool.api.SentinelTls;
import dev.workerpool.api.Tls;
import dev.workerpool.api.Trust;
import dev.workerpool.broker.BrokerUri;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Protocol;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.desired.Fingerprint;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.FirstUse;
import dev.workerpool.tls.KeyStores;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together the connection that a Broker asks for, from its spec and the objects it names. */
final class ConnectionSource {
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";

    private final Referents referents;
    private final NamedObjects named;
    private final BroughtIdentity brought;
    private final GivenAuthority given;
    private final Supplier<List<X509Certificate>> systemRoots;

    /** @param systemRoots asked for once there is a broker with TLS */
    ConnectionSource(Referents referents, Supplier<List<X509Certificate>> systemRoots, InstantSource clock) {
        this.referents = referents;
        this.named = new NamedObjects(referents);
        this.brought = new BroughtIdentity(named, clock);
        this.given = new GivenAuthority(named, clock);
        this.systemRoots = systemRoots;
    }

    /** What there is to connect with. */
    sealed interface Resolution {
        /** The same, presenting this. */
        default Resolution presenting(ClientIdentity identity) {
            return switch (this) {
                case Resolved resolved -> new Resolved(resolved.connection().presenting(Optional.of(identity)));
                case ToPin asked -> new ToPin(asked.connection().presenting(Optional.of(identity)), asked.terms());
                case Unresolved unresolved -> unresolved;
            };
        }

        record Resolved(Connection connection) implements Resolution {}

        /** The same but for its roots: the authority that the server presents is to be pinned. */
        record ToPin(Connection connection, FirstUse.Terms terms) implements Resolution {}

        /** Cannot be tried: a condition's reason and message. */
        record Unresolved(String reason, String message) implements Resolution {}
    }

    Resolution resolve(Broker broker) {
        referents.follow(ResourceID.fromResource(broker), NamedObjects.of(broker));
        try {
            keystorePassword(broker.getMetadata().getNamespace(), broker);
            Connection connection = connection(broker);
            Trust trust = firstUse(broker.getSpec().tls());
            return trust == null
                    ? new Resolution.Resolved(connection)
                    : new Resolution.ToPin(
                            connection, new FirstUse.Terms(connection.place(), digest(broker), trust.accepted()));
        } catch (Unresolvable fault) {
            return new Resolution.Unresolved(fault.reason(), Objects.requireNonNull(fault.getMessage()));
        }
    }

    /** Who is to sign client certificates; for a Broker that was resolved before. */
    Origin authority(Broker broker) {
        return given.of(broker);
    }

    /** With what files in PKCS#12 are encrypted, where there are to be any; for a Broker that was resolved. */
    Optional<String> keystorePassword(Broker broker) {
        try {
            return keystorePassword(broker.getMetadata().getNamespace(), broker);
        } catch (Unresolvable fault) {
            return Optional.empty(); // and so is nothing handed out
        }
    }

    private Optional<String> keystorePassword(String namespace, Broker broker) throws Unresolvable {
        SecretKeyRef ref = NamedObjects.keystorePassword(broker);
        if (ref == null) {
            return Optional.empty();
        }
        String password = named.text(namespace, ref);
        if (!KeyStores.takes(password)) {
            throw new Unresolvable(
                    "KeystorePasswordUnusable",
                    "Secret %s, key %s: a keystore's password must be printable ASCII, and not empty"
                            .formatted(ref.name(), ref.key()));
        }
        return Optional.of(password);
    }

    void forget(Broker broker) {
        referents.follow(ResourceID.fromResource(broker), Set.of());
    }

    /** Its trust, where that is in what the server first presents. */
    static @Nullable Trust firstUse(@Nullable Tls tls) {
        Trust trust = tls == null ? null : tls.trust();
        return trust != null && trust.source() == Trust.Source.FirstUse ? trust : null;
    }

    /** Of the URL as it was written: another one is another decision of people. */
    private String digest(Broker broker) throws Unresolvable {
        return Fingerprint.of(url(broker.getMetadata().getNamespace(), broker.getSpec()));
    }

    private Connection connection(Broker broker) throws Unresolvable {
        String namespace = broker.getMetadata().getNamespace();
        BrokerSpec spec = broker.getSpec();
        BrokerUri.Parsed uri = uri(namespace, spec);
        Protocol protocol = uri.endpoint().protocol();
        if (spec.tls() != null && !uri.endpoint().tls()) {
            throw new Unresolvable(
                    "TlsRequired",
                    "tls is set but the URL is %s, which is not encrypted: write %s"
                            .formatted(protocol.scheme(false), protocol.scheme(true)));
        }
        refuseOther(broker, protocol);
        if (!uri.endpoint().tls() && wasProvenWithTls(broker)) {
            throw new Unresolvable(
                    "PlainRefused",
                    "the URL is %s by now, and this Broker was proven with TLS: unencrypted, its jobs and its password would go to "
                                    .formatted(protocol.scheme(false))
                            + "whoever answers; write %s, or make another Broker where plain is meant"
                                    .formatted(protocol.scheme(true)));
        }
        Optional<Login> login = spec.credentials() == null
                ? login(uri)
                : Optional.of(login(namespace, spec.credentials().secretRef().name(), uri.username()));
        if (protocol == Protocol.AMQP
                && login.isPresent()
                && login.get().username().isEmpty()) {
            throw new Unresolvable(
                    "UserMissing",
                    "RabbitMQ knows no password without a user: give the key username in credentials too");
        }
        return new Connection(
                uri.endpoint(),
                login,
                uri.endpoint().tls() ? verification(namespace, spec.tls()) : Verification.full(List.of()),
                topology(namespace, spec.redis(), uri.endpoint()),
                brought.of(namespace, spec.tls()));
    }

    /** What waits in a Redis cannot be followed to a RabbitMQ, nor the other way round. */
    private static void refuseOther(Broker broker, Protocol protocol) throws Unresolvable {
        if (protocol == Protocol.AMQP && broker.getSpec().redis() != null) {
            throw new Unresolvable(
                    "NotARedis",
                    "redis says how the servers of a Redis stand together, and the URL is of a RabbitMQ: leave it out");
        }
        Optional<Protocol> before = Optional.ofNullable(broker.getStatus())
                .map(BrokerStatus::proven)
                .map(BrokerView::protocol);
        if (before.isPresent() && before.get() != protocol) {
            throw new Unresolvable(
                    "ProtocolChanged",
                    "the URL is of another kind of broker than the one that was proven (%s): make another Broker, and refer to that"
                            .formatted(before.get().scheme(false)));
        }
    }

    private static boolean wasProvenWithTls(Broker broker) {
        return Optional.ofNullable(broker.getStatus())
                .map(BrokerStatus::proven)
                .map(BrokerStatus.Proven::trustSecret)
                .isPresent();
    }

    private Topology topology(String namespace, @Nullable Redis redis, Endpoint endpoint) throws Unresolvable {
        if (redis == null || redis.topology() == null) {
            return new Topology.Standalone();
        }
        return switch (redis.topology()) {
            case Sentinel -> sentinel(namespace, Objects.requireNonNull(redis.sentinel()));
            case Cluster -> {
                if (endpoint.database() != 0) {
                    throw new Unresolvable(
                            "MalformedURL",
                            "a Redis Cluster has no database but 0: leave the number %d out of the URL"
                                    .formatted(endpoint.database()));
                }
                yield new Topology.Cluster();
            }
            case Standalone -> new Topology.Standalone();
        };
    }

    private Topology sentinel(String namespace, RedisSentinel spec) throws Unresolvable {
        SentinelTls tls = spec.tls();
        List<Endpoint> at = spec.addresses().stream()
                .map(address -> Endpoint.at(address, tls != null))
                .toList();
        Optional<Login> login = spec.credentials() == null
                ? Optional.empty()
                : Optional.of(login(namespace, spec.credentials().secretRef().name(), Optional.empty()));
        List<X509Certificate> roots =
                tls == null ? List.of() : roots(namespace, tls.trust().bundle(), "redis.sentinel.tls");
        return new Topology.Sentinel(spec.masterName(), at, login, roots);
    }

    private String url(String namespace, BrokerSpec spec) throws Unresolvable {
        SecretKeyRef ref = spec.url().secretKeyRef();
        return ref == null ? Objects.requireNonNullElse(spec.url().value(), "") : named.text(namespace, ref);
    }

    private BrokerUri.Parsed uri(String namespace, BrokerSpec spec) throws Unresolvable {
        SecretKeyRef ref = spec.url().secretKeyRef();
        return switch (BrokerUri.parse(url(namespace, spec))) {
            case BrokerUri.Parsed parsed -> parsed;
            case BrokerUri.Malformed malformed ->
                throw new Unresolvable(
                        "MalformedURL",
                        (ref == null ? "spec.url.value: " : "Secret " + ref.name() + ", key " + ref.key() + ": ")
                                + malformed.why());
        };
    }

    /** A user without a password would otherwise be somebody else: whoever connects without a login. */
    private static Optional<Login> login(BrokerUri.Parsed uri) throws Unresolvable {
        if (uri.username().isPresent() && uri.login().isEmpty()) {
            throw new Unresolvable(
                    "PasswordMissing",
                    "the URL names a user but no password: give it in credentials, or the whole URL in a Secret");
        }
        return uri.login();
    }

    private Login login(String namespace, String secretName, Optional<String> otherwise) throws Unresolvable {
        Secret secret = named.secret(namespace, secretName);
        Optional<String> username = NamedObjects.value(secret, USERNAME).filter(name -> !name.isEmpty());
        return new Login(username.or(() -> otherwise), NamedObjects.required(secret, PASSWORD));
    }

    private Verification verification(String namespace, @Nullable Tls tls) throws Unresolvable {
        if (tls == null) {
            return Verification.full(systemRoots.get());
        }
        if (tls.verified() == Tls.Verify.None) {
            return new Verification(Verification.Extent.None, Optional.empty(), List.of());
        }
        boolean pins = firstUse(tls) != null;
        return new Verification(
                Verification.Extent.valueOf(tls.verified().name()),
                Optional.ofNullable(tls.serverName()),
                pins ? List.of() : roots(namespace, NamedObjects.bundle(tls), "tls"),
                pins ? systemRoots.get() : List.of());
    }

    private List<X509Certificate> roots(String namespace, Trust.@Nullable Bundle bundle, String field)
            throws Unresolvable {
        if (bundle == null) {
            return systemRoots.get();
        }
        Certificates.Parsed parsed = Certificates.parse(named.text(namespace, bundle));
        if (parsed.fault().isPresent()) {
            throw new Unresolvable(
                    "BundleUnreadable",
                    field + ".trust.bundle: " + parsed.fault().get());
        }
        // The private ones first: a person who looks at the file sees them.
        Set<X509Certificate> roots = new LinkedHashSet<>(parsed.certificates());
        roots.addAll(systemRoots.get());
        return new ArrayList<>(roots);
    }
}
