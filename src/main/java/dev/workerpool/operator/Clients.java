package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.ClientStatus;
import dev.workerpool.api.Client;
import dev.workerpool.broker.Connection;
import dev.workerpool.desired.ClientSecrets;
import dev.workerpool.desired.Pkcs12Data;
import dev.workerpool.desired.SigningData;
import dev.workerpool.status.ClientState;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Secrets of a Broker's clients, kept to what was proven; and who still runs with what they held before. */
final class Clients {
    /** In a status. */
    private static final int MOST_NAMED = 20;

    private final Applier applier;
    private final InformerEventSource<Secret, Broker> secrets;
    private final FormerUse formerUse;
    private final ClientIdentities identities;
    private final Supplier<List<X509Certificate>> knownRoots;
    private final Clock clock;

    /** @param knownRoots authorities that every image is taken to have */
    Clients(
            Writes writes,
            InformerEventSource<Secret, Broker> secrets,
            FormerUse formerUse,
            Supplier<List<X509Certificate>> knownRoots,
            Clock clock) {
        this.applier = writes.applier();
        this.identities = writes.identities();
        this.secrets = secrets;
        this.formerUse = formerUse;
        this.knownRoots = knownRoots;
        this.clock = clock;
    }

    /** By whom its Secrets are filled. */
    record Writes(Applier applier, ClientIdentities identities) {}

    /** One client's Secrets as they are now: by name, since when they hold what they hold; and why not all of it is as it should be. */
    private record Written(Client client, Map<String, Instant> since, Optional<ClientState> fault) {
        @Nullable String latest() {
            return since.values().stream()
                    .max(Instant::compareTo)
                    .map(Instant::toString)
                    .orElse(null);
        }
    }

    /** @param finding with what was proven, which is all that a client is ever given, the operator's own certificate aside */
    KeptClients keep(Broker broker, Finding finding, Standing standing, SigningStanding signing) {
        Optional<String> password = keystorePassword(broker, finding);
        List<Written> written = broker.getSpec().enqueuing().stream()
                .map(client -> finding.forClients()
                        .flatMap(connection -> identities.own(
                                broker, client, connection, standing, live(broker, ClientSecrets.name(broker, client))))
                        .map(connection -> written(
                                broker,
                                client,
                                new Wanted.Offered(connection, password),
                                signedBy(broker, client, signing)))
                        .orElseGet(() -> new Written(client, Map.of(), Optional.of(new ClientState.Unproven()))))
                .toList();
        Map<String, Instant> unsettled = written.stream()
                .filter(one -> !isSettled(broker, one))
                .flatMap(one -> one.since().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<String, List<String>> former = formerUse.of(BrokerReconciler.key(broker), unsettled);
        List<ClientState> states = new ArrayList<>();
        List<ClientStatus> statuses = new ArrayList<>();
        for (Written one : written) {
            List<String> workloads = workloads(one, former);
            ClientState state = state(one, workloads);
            states.add(state);
            statuses.add(new ClientStatus(
                    one.client().name(),
                    ClientSecrets.name(broker, one.client()),
                    state instanceof ClientState.Current,
                    one.latest(),
                    workloads.isEmpty() ? null : workloads));
        }
        return KeptClients.of(statuses, states);
    }

    private static List<String> workloads(Written written, Map<String, List<String>> former) {
        return written.since().keySet().stream()
                .flatMap(secret -> former.getOrDefault(secret, List.of()).stream())
                .distinct()
                .sorted()
                .limit(MOST_NAMED)
                .toList();
    }

    private static ClientState state(Written written, List<String> workloads) {
        return written.fault()
                .orElseGet(() -> workloads.isEmpty()
                        ? new ClientState.Current(written.since().size() > 1)
                        : new ClientState.Waiting(workloads));
    }

    /** Once nobody ran with what there was before, nobody can do so again: nobody need be asked. */
    private static boolean isSettled(Broker broker, Written written) {
        return Optional.ofNullable(broker.getStatus()).map(BrokerStatus::clients).orElse(List.of()).stream()
                .anyMatch(shown -> shown.name().equals(written.client().name())
                        && shown.current()
                        && Objects.equals(shown.since(), written.latest()));
    }

    /** As it was taken up with what is presented. */
    private Optional<String> keystorePassword(Broker broker, Finding finding) {
        return finding.proven()
                .map(BrokerStatus.Proven::identitySecret)
                .flatMap(name ->
                        secrets.get(new ResourceID(name, broker.getMetadata().getNamespace())))
                .flatMap(Pkcs12Data::password);
    }

    /** What it has stays while it cannot be told what it is to have. */
    private Map<String, String> signedBy(Broker broker, Client client, SigningStanding signing) {
        return signing.forClients()
                .map(signers ->
                        SigningData.ofClient(broker, signers, client.name()).orElse(Map.of()))
                .orElseGet(() -> live(broker, ClientSecrets.name(broker, client))
                        .map(ClientSecrets::signing)
                        .orElse(Map.of()));
    }

    private Written written(Broker broker, Client client, Wanted.Offered offered, Map<String, String> signing) {
        Connection connection = offered.connection();
        Map<String, Instant> since = new TreeMap<>();
        String name = ClientSecrets.name(broker, client);
        Optional<ClientState> fault = ensure(
                ClientSecrets.files(
                        broker, client, connection, offered.keystorePassword(), signing, change(broker, name)),
                since);
        String environmentName = ClientSecrets.environmentName(broker, client);
        // By variables alone nobody signs.
        Optional<Secret> environment = signing.isEmpty()
                ? ClientSecrets.environment(
                        broker, client, connection, knownRoots.get(), change(broker, environmentName))
                : Optional.empty();
        Optional<ClientState> other = environment.isPresent()
                ? ensure(environment.get(), since)
                : live(broker, environmentName).map(left -> new ClientState.OutOfReach(environmentName));
        return new Written(client, since, fault.or(() -> other));
    }

    private ClientSecrets.Change change(Broker broker, String name) {
        return new ClientSecrets.Change(live(broker, name), clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private Optional<Secret> live(Broker broker, String name) {
        return secrets.get(new ResourceID(name, broker.getMetadata().getNamespace()))
                .filter(ClientSecrets::isOne)
                .filter(secret -> secret.hasOwnerReferenceFor(broker));
    }

    private Optional<ClientState> ensure(Secret secret, Map<String, Instant> since) {
        String name = secret.getMetadata().getName();
        return switch (applier.ensure(secret, secrets)) {
            case Applied.Present<Secret> present -> {
                ClientSecrets.since(secret).ifPresent(time -> since.put(name, time));
                yield Optional.empty();
            }
            case Applied.NameTaken<Secret> taken -> Optional.of(new ClientState.NameTaken(name));
            case Applied.Refused<Secret> refused -> Optional.of(new ClientState.Refused(name, refused.message()));
        };
    }

    /** Of a Broker's clients, by the Secrets that hold what they are given; by variables alone nobody signs. */
    static List<String> names(Broker broker, SigningStanding signing) {
        return broker.getSpec().enqueuing().stream()
                .flatMap(client -> signs(broker, client, signing)
                        ? Stream.of(ClientSecrets.name(broker, client))
                        : Stream.of(ClientSecrets.name(broker, client), ClientSecrets.environmentName(broker, client)))
                .toList();
    }

    private static boolean signs(Broker broker, Client client, SigningStanding signing) {
        return signing.forClients()
                .flatMap(signers -> SigningData.ofClient(broker, signers, client.name()))
                .isPresent();
    }
}
