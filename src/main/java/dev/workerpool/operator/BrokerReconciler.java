package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.desired.GoDuration;
import dev.workerpool.desired.SignersSecret;
import dev.workerpool.status.BrokerVerdicts;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ExpiryVerdicts;
import dev.workerpool.status.Lifetime;
import dev.workerpool.status.Lifetime.Holder;
import dev.workerpool.status.MoveVerdicts;
import dev.workerpool.status.Verdict;
import dev.workerpool.status.VitalVerdicts;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Broker: its connection put together, tried, handed to pools as Secrets, measured with, and reported. */
final class BrokerReconciler implements Reconciler<Broker> {
    private static final Duration SWEEP_AGAIN = Duration.ofSeconds(15);

    private final BrokerParts parts;
    private final Wake<Broker> wake;
    private final Gate gate;
    private final Clock clock;

    /** Set once, when the controller is registered; see {@link #prepareEventSources}. */
    private Optional<BrokerCaches> caches = Optional.empty();

    BrokerReconciler(BrokerParts parts, Wake<Broker> wake, Gate gate, Clock clock) {
        this.parts = parts;
        this.wake = wake;
        this.gate = gate;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Broker>> prepareEventSources(EventSourceContext<Broker> context) {
        BrokerCaches all = BrokerCaches.of(context, parts);
        caches = Optional.of(all);
        return List.of(all.secrets(), all.policies().policies(), wake.over(context.getPrimaryCache()));
    }

    @Override
    public UpdateControl<Broker> reconcile(Broker broker, Context<Broker> context) {
        return gate.through(() -> run(broker)).orElseGet(UpdateControl::noUpdate);
    }

    private UpdateControl<Broker> run(Broker broker) {
        BrokerCaches all = caches.orElseThrow();
        ConnectionSource.Resolution asked = parts.source().resolve(broker);
        Optional<Verdict> shielded = all.policies().keep(broker, asked, all.connectionsOf(broker));
        Standing standing = all.issuing()
                .standing(broker, parts.source().authority(broker), all.prover().inUse(broker));
        Optional<Issued> issued = all.issuing().issued(broker, standing);
        Finding finding = all.prover()
                .prove(
                        broker,
                        Issuing.presenting(asked, standing, issued),
                        new BrokerProver.Presented(issued, parts.source().keystorePassword(broker)))
                .concluding(standing);
        measure(broker, finding);
        SigningStanding signing = all.signing().round(broker, finding.proven());
        KeptClients clients = isOnTheWay(broker, finding)
                ? KeptClients.asBefore(broker)
                : all.clients().keep(broker, finding, standing, signing);
        boolean superseded = parts.sweeper().sweep(all.secretsOf(broker), current(broker, finding, signing));
        boolean unsigned = all.signing().sweep(broker, signing);
        boolean leftovers = all.issuing().sweep(broker, standing) || superseded || unsigned;
        List<Verdict> verdicts = Stream.of(
                        finding.verdicts().stream(),
                        clients.verdict().stream(),
                        SigningReport.verdict(signing, all.signing().outOfReach(broker), finding.verdicts()).stream())
                .flatMap(some -> some)
                .toList();
        List<Verdict> vitals = vitals(broker);
        Instant now = clock.instant();
        List<Lifetime> lifetimes = parts.lifetimes().of(finding, Issuing.given(broker, standing));
        Optional<Verdict> expiry = ExpiryVerdicts.of(lifetimes, Issuing.issuer(broker), now);
        BrokerStatus status = status(
                broker,
                finding,
                new Beside(standing, signing, clients),
                Stream.of(
                                verdicts,
                                expiry.stream().toList(),
                                vitals,
                                moved(broker, finding),
                                shielded.stream().toList())
                        .flatMap(List::stream)
                        .toList());
        parts.audience().events().record(broker, status, verdicts, vitals);
        parts.audience().events().record(broker, expiry);
        finding.passage().ifPresent(passage -> parts.audience().events().record(broker, passage));
        parts.audience().listener().told(key(broker), status, ends(lifetimes, now));
        return control(
                broker,
                status,
                Stream.of(
                                finding.again(),
                                clients.again(),
                                signing.lookAgain(),
                                ExpiryVerdicts.again(lifetimes, now),
                                Optional.of(SWEEP_AGAIN).filter(time -> leftovers))
                        .flatMap(Optional::stream)
                        .min(Duration::compareTo));
    }

    private static Map<Holder, Instant> ends(List<Lifetime> lifetimes, Instant now) {
        Map<Holder, Instant> ends = new EnumMap<>(Holder.class);
        for (Holder holder : Holder.values()) {
            ExpiryVerdicts.end(lifetimes, holder, now).ifPresent(end -> ends.put(holder, end));
        }
        return ends;
    }

    /** Who sends jobs has gone to a new server before the workers: that it does not answer now sends nobody back. */
    private static boolean isOnTheWay(Broker broker, Finding finding) {
        return finding.passage().isEmpty()
                && Optional.ofNullable(broker.getStatus())
                        .map(BrokerStatus::moving)
                        .filter(moving -> !moving.gone())
                        .isPresent()
                && BrokerVerdicts.ready(finding.verdicts())
                        .filter(ready -> ready.status() == Verdict.Truth.True)
                        .isEmpty();
    }

    private void measure(Broker broker, Finding finding) {
        BrokerKey key = key(broker);
        finding.inUse()
                .ifPresentOrElse(
                        connection -> parts.sessions().open(key, connection, pollInterval(broker)),
                        () -> parts.sessions().close(key));
    }

    private static Duration pollInterval(Broker broker) {
        return Optional.ofNullable(broker.getSpec().pollInterval())
                .flatMap(GoDuration::parse)
                .orElse(Duration.ofSeconds(1));
    }

    private static Set<String> current(Broker broker, Finding finding, SigningStanding signing) {
        Set<String> names = new HashSet<>(Clients.names(broker, signing));
        names.add(SignersSecret.name(broker));
        Stream.concat(
                        finding.proven().stream(),
                        Stream.ofNullable(moving(broker, finding))
                                .flatMap(moving -> Stream.ofNullable(moving.former())))
                .forEach(proven -> {
                    names.add(proven.connectionSecret());
                    Optional.ofNullable(proven.trustSecret()).ifPresent(names::add);
                    Optional.ofNullable(proven.identitySecret()).ifPresent(names::add);
                    Optional.ofNullable(proven.codeSecret()).ifPresent(names::add);
                });
        return names;
    }

    private static BrokerStatus.@Nullable Moving moving(Broker broker, Finding finding) {
        return finding.passage()
                .map(Passage::moving)
                .orElseGet(() -> Optional.ofNullable(broker.getStatus()).map(BrokerStatus::moving))
                .orElse(null);
    }

    /** What is kept beside the connection. */
    private record Beside(Standing standing, SigningStanding signing, KeptClients clients) {}

    private BrokerStatus status(Broker broker, Finding finding, Beside beside, List<Verdict> verdicts) {
        BrokerStatus before = broker.getStatus();
        Long generation = broker.getMetadata().getGeneration();
        return new BrokerStatus(
                generation,
                finding.inUse().map(Connection::place).orElse(null),
                finding.server(),
                finding.inUse().isPresent() ? measuring(key(broker)) : null,
                finding.proven().orElse(null),
                pinned(broker, finding),
                beside.clients().shown(),
                Issuing.shown(broker, beside.standing()),
                SigningReport.shown(broker, beside.signing()),
                moving(broker, finding),
                ConditionList.of(verdicts, before == null ? null : before.conditions(), generation, clock.instant()));
    }

    /** Stays while it is not settled anew: the record by which a pin that has gone is not made anew by anybody. */
    private static BrokerStatus.@Nullable Pinned pinned(Broker broker, Finding finding) {
        return finding.pinned()
                .or(() -> Optional.ofNullable(broker.getStatus()).map(BrokerStatus::pinned))
                .filter(pinned -> ConnectionSource.firstUse(broker.getSpec().tls()) != null)
                .orElse(null);
    }

    private List<Verdict> vitals(Broker broker) {
        return VitalVerdicts.of(parts.sessions().vitals(key(broker)), shown(broker));
    }

    private static List<Verdict> moved(Broker broker, Finding finding) {
        return finding.passage()
                .map(Passage::verdict)
                .orElseGet(() -> MoveVerdicts.before(moving(broker, finding), shown(broker)))
                .map(List::of)
                .orElse(List.of());
    }

    private static @Nullable List<Condition> shown(Broker broker) {
        return broker.getStatus() == null ? null : broker.getStatus().conditions();
    }

    private String measuring(BrokerKey broker) {
        return switch (parts.sessions().measuring(broker).orElse(null)) {
            case BrokerClient.Measuring.Push push -> "Push";
            case BrokerClient.Measuring.Poll poll -> "Poll: " + poll.why();
            case null -> "Poll";
        };
    }

    private static UpdateControl<Broker> control(Broker broker, BrokerStatus status, Optional<Duration> again) {
        UpdateControl<Broker> control = UpdateControl.noUpdate();
        if (!Objects.equals(status, broker.getStatus())) {
            Broker patch = new Broker();
            patch.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(broker.getMetadata().getNamespace())
                    .withName(broker.getMetadata().getName())
                    .build());
            patch.setStatus(status);
            control = UpdateControl.patchStatus(patch);
        }
        again.ifPresent(control::rescheduleAfter);
        return control;
    }

    static BrokerKey key(Broker broker) {
        return new BrokerKey(
                broker.getMetadata().getNamespace(), broker.getMetadata().getName());
    }

    /** Who is told: people, by events, and metrics. */
    record Audience(BrokerEvents events, BrokerListener listener) {}

    /** What every reconcile needs. */
    record BrokerParts(
            ConnectionSource source,
            BrokerSessions sessions,
            SecretSweeper sweeper,
            Lifetimes lifetimes,
            Audience audience,
            Writers writers) {}

    /** Who write Secrets; made once the cache of Secrets is there. */
    interface Writers {
        BrokerProver prover(InformerEventSource<Secret, Broker> secrets);

        Issuing issuing(InformerEventSource<Secret, Broker> secrets);

        SigningRounds signing(InformerEventSource<Secret, Broker> secrets);

        Clients clients(InformerEventSource<Secret, Broker> secrets);

        BrokerPolicies policies(InformerEventSource<NetworkPolicy, Broker> policies);
    }
}
