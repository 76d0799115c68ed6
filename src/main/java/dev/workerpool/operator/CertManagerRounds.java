package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Probe;
import dev.workerpool.desired.AskedCertificate.Asker;
import dev.workerpool.desired.ClientCa;
import dev.workerpool.operator.Deliveries.Found;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.DeliveredTrust;
import dev.workerpool.tls.Delivery;
import dev.workerpool.tls.Holder;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Broker whose client certificates come from cert-manager: what the operator presents, and whom servers are told to trust. The issuer's
 * authority may become another at any time; the operator's own connection is the first to be of it.
 */
final class CertManagerRounds {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration AT_MOST = Duration.ofMinutes(10);

    private final Deliveries deliveries;
    private final TrustedClients trusted;
    private final BrokerClient client;
    private final ClientAuthorities.FormerUse formerUse;
    private final Holders holders;
    private final Clock clock;
    private final Map<BrokerKey, Map<PoolKey, Delivery>> told = new ConcurrentHashMap<>();

    /** Who else gets certificates at a Broker; waking one of them. */
    record Holders(PoolCaches caches, Consumer<PoolKey> wake) {}

    CertManagerRounds(
            Deliveries deliveries,
            LastingSecrets secrets,
            BrokerClient client,
            ClientAuthorities.FormerUse formerUse,
            Holders holders,
            Clock clock) {
        this.deliveries = deliveries;
        this.trusted = new TrustedClients(secrets);
        this.client = client;
        this.formerUse = formerUse;
        this.holders = holders;
        this.clock = clock;
    }

    Standing round(Broker broker, IssuerTerms terms, Optional<Connection> inUse) {
        Asker asker = Asker.operator(broker);
        Optional<ClientIdentity> held = held(broker, inUse);
        List<Delivery> others = others(broker);
        Optional<String> ahead =
                deliveries.peek(asker).flatMap(own -> trust(broker, own, others).ahead());
        return switch (deliveries.of(asker, terms, ahead.orElse(""))) {
            case Found.Awaited awaited ->
                held.<Standing>map(identity -> keeping(broker, identity, awaited))
                        .orElseGet(() -> new Standing.Awaiting(awaited.reason(), awaited.message(), awaited.again()));
            case Found.Here here -> delivered(broker, trust(broker, here.delivery(), others), held, inUse, ahead);
        };
    }

    private Standing keeping(Broker broker, ClientIdentity identity, Found.Awaited awaited) {
        return new Standing.Delivered(
                identity,
                signer(broker, identity),
                "Stable",
                Optional.empty(),
                List.of(),
                Optional.of(new Standing.Refused(awaited.reason(), awaited.message())),
                awaited.again());
    }

    private DeliveredTrust trust(Broker broker, Delivery own, List<Delivery> others) {
        return new DeliveredTrust(own, others, trusted.of(broker), provenBy(broker));
    }

    private static String provenBy(Broker broker) {
        return proven(broker).map(BrokerStatus.Proven::issuedBy).orElse("");
    }

    private static Optional<BrokerStatus.Proven> proven(Broker broker) {
        return Optional.ofNullable(broker.getStatus()).map(BrokerStatus::proven);
    }

    /** What the server was seen to take, while that is good. */
    private Optional<ClientIdentity> held(Broker broker, Optional<Connection> inUse) {
        return provenBy(broker).isEmpty()
                ? Optional.empty()
                : inUse.flatMap(Connection::identity)
                        .filter(identity -> clock.instant().isBefore(identity.notAfter()));
    }

    /** Pools are told when theirs has come. */
    private List<Delivery> others(Broker broker) {
        BrokerKey key = BrokerReconciler.key(broker);
        Map<PoolKey, Delivery> pools = new HashMap<>();
        holders.caches()
                .poolsOf(key)
                .forEach(pool -> deliveries
                        .peek(pool.namespace(), Asker.pool(pool.name()), Holder.pool(pool.namespace(), pool.name()))
                        .ifPresent(delivery -> pools.put(pool, delivery)));
        Map<PoolKey, Delivery> before =
                Optional.ofNullable(told.put(key, pools)).orElse(Map.of());
        pools.forEach((pool, delivery) -> {
            if (!delivery.equals(before.get(pool))) {
                holders.wake().accept(pool);
            }
        });
        return Stream.concat(
                        broker.getSpec().enqueuing().stream()
                                .flatMap(client -> deliveries.peek(Asker.client(broker, client)).stream()),
                        pools.values().stream())
                .toList();
    }

    private Standing delivered(
            Broker broker,
            DeliveredTrust trust,
            Optional<ClientIdentity> held,
            Optional<Connection> inUse,
            Optional<String> ahead) {
        if (!trusted.publish(broker, trust.bundle())) {
            return ClientAuthorities.nameTaken(ClientCa.name(broker));
        }
        Optional<String> refusal = trust.isProven() || held.isEmpty()
                ? Optional.empty()
                : inUse.flatMap(connection -> refusal(broker, connection, trust.own()));
        if (refusal.isPresent()) {
            return standing(held.orElseThrow(), signer(broker, held.orElseThrow()))
                    .coming(trust.own().signedBy(), refusal.get());
        }
        Standing.Delivered own =
                standing(trust.own().identity(), Optional.of(trust.own().signer()));
        if (ahead.isPresent()) {
            return own.coming(
                    ahead.get(),
                    "cert-manager, to renew Certificate "
                            + Asker.operator(broker).name());
        }
        return settled(broker, trust, own);
    }

    /** Drops the former authority once nobody has anything of it. */
    private Standing settled(Broker broker, DeliveredTrust trust, Standing.Delivered own) {
        if (trust.former().isEmpty() && trust.isAlike()) {
            return own;
        }
        if (!trust.isAlike()) {
            List<String> waiting = trust.isProven()
                    ? List.of("cert-manager, to renew the others' Certificates")
                    : List.of("the operator's own connection");
            return trust.provenBy().isEmpty() ? own : own.following(waiting);
        }
        List<String> users =
                formerUse.of(broker, leaf -> Certificates.signed(trust.own().signer(), leaf));
        if (!users.isEmpty()) {
            return own.following(users);
        }
        trusted.publish(broker, trust.current());
        return own;
    }

    private static Standing.Delivered standing(ClientIdentity presents, Optional<X509Certificate> signer) {
        return new Standing.Delivered(
                presents, signer, "Stable", Optional.empty(), List.of(), Optional.empty(), AT_MOST);
    }

    /** Whose key signed what is in use: it is trusted, or it stands in the chain. */
    private Optional<X509Certificate> signer(Broker broker, ClientIdentity identity) {
        return Stream.concat(identity.chain().stream().skip(1), trusted.of(broker).stream())
                .filter(candidate -> Certificates.signed(candidate, identity.certificate()))
                .findFirst();
    }

    /** Why the server does not take what was delivered; empty where it does. */
    private Optional<String> refusal(Broker broker, Connection connection, Delivery own) {
        return switch (client.probe(connection.presenting(Optional.of(own.identity())), PATIENCE)) {
            case Probe.Answered answered -> Optional.empty();
            case Probe.Failed failed -> Optional.of(ClientAuthorities.waitsForServer(broker, failed));
        };
    }

    void forget(BrokerKey broker) {
        told.remove(broker);
    }

    void forgetAll() {
        told.clear();
    }

    /** From those who get their certificates elsewhere now, or none. */
    void withdraw(Broker broker, List<Secret> delivered) {
        String namespace = broker.getMetadata().getNamespace();
        PoolCaches caches = holders.caches();
        Needs needs = new Needs(
                broker,
                name -> caches.pool(namespace, name)
                        .map(pool -> pool.getSpec().brokerRef().name())
                        .flatMap(other -> other.equals(broker.getMetadata().getName())
                                ? Optional.of(broker)
                                : caches.broker(namespace, other)));
        delivered.stream().filter(secret -> !needs.needs(secret)).forEach(deliveries::withdraw);
    }
}
