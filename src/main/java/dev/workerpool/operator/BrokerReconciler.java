package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.desired.GoDuration;
import dev.workerpool.operator.EventRecorder.Said;
import dev.workerpool.operator.EventRecorder.Severity;
import dev.workerpool.status.BrokerVerdicts;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.Verdict;
import dev.workerpool.status.VitalVerdicts;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        return List.of(all.secrets(), wake.over(context.getPrimaryCache()));
    }

    @Override
    public UpdateControl<Broker> reconcile(Broker broker, Context<Broker> context) {
        return gate.through(() -> run(broker)).orElseGet(UpdateControl::noUpdate);
    }

    private UpdateControl<Broker> run(Broker broker) {
        BrokerCaches all = caches.orElseThrow();
        Finding finding = all.prover().prove(broker, parts.source().resolve(broker));
        measure(broker, finding);
        boolean leftovers = parts.sweeper().sweep(all.secretsOf(broker), current(finding));
        BrokerStatus status = status(broker, finding);
        record(broker, status, finding);
        parts.audience().listener().told(key(broker), status);
        return control(broker, status, leftovers ? Optional.of(sooner(finding.again())) : finding.again());
    }

    private static Duration sooner(Optional<Duration> again) {
        return again.filter(time -> time.compareTo(SWEEP_AGAIN) < 0).orElse(SWEEP_AGAIN);
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

    private static Set<String> current(Finding finding) {
        Set<String> names = new HashSet<>();
        finding.proven().ifPresent(proven -> {
            names.add(proven.connectionSecret());
            Optional.ofNullable(proven.trustSecret()).ifPresent(names::add);
        });
        return names;
    }

    private BrokerStatus status(Broker broker, Finding finding) {
        BrokerStatus before = broker.getStatus();
        Long generation = broker.getMetadata().getGeneration();
        return new BrokerStatus(
                generation,
                finding.inUse().map(Connection::place).orElse(null),
                finding.server(),
                finding.inUse().isPresent() ? measuring(key(broker)) : null,
                finding.proven().orElse(null),
                ConditionList.of(
                        verdicts(broker, finding),
                        before == null ? null : before.conditions(),
                        generation,
                        clock.instant()));
    }

    private List<Verdict> verdicts(Broker broker, Finding finding) {
        List<Verdict> all = new ArrayList<>(finding.verdicts());
        all.addAll(vitals(broker));
        return all;
    }

    private List<Verdict> vitals(Broker broker) {
        List<Condition> shown =
                broker.getStatus() == null ? null : broker.getStatus().conditions();
        return VitalVerdicts.of(parts.sessions().vitals(key(broker)), shown);
    }

    private String measuring(BrokerKey broker) {
        return switch (parts.sessions().measuring(broker).orElse(null)) {
            case BrokerClient.Measuring.Push push -> "Push";
            case BrokerClient.Measuring.Poll poll -> "Poll: " + poll.why();
            case null -> "Poll";
        };
    }

    /** A new connection that was proven, and each change of Ready or of its reason. */
    private void record(Broker broker, BrokerStatus after, Finding finding) {
        BrokerStatus before = broker.getStatus();
        if (after.proven() != null && (before == null || !after.proven().equals(before.proven()))) {
            var proven = new Said(
                    Severity.Normal,
                    "ConnectionProven",
                    after.endpoint() + " answered as specified: workers are given this connection");
            parts.audience().events().record(broker, proven, occasion(before, after.proven()));
        }
        List<Said> said = new ArrayList<>();
        Verdict ready = BrokerVerdicts.ready(finding.verdicts()).orElseThrow();
        Optional<Condition> shown =
                before == null ? Optional.empty() : ConditionList.find(before.conditions(), ConditionType.Ready);
        boolean news = shown.isEmpty() || !shown.get().getReason().equals(ready.reason());
        if (news && ready.status() != Verdict.Truth.True) {
            said.add(new Said(Severity.Warning, ready.reason(), ready.message()));
        } else if (news && shown.isPresent()) {
            said.add(new Said(Severity.Normal, ready.reason(), ready.message()));
        }
        String occasion = shown.map(Condition::getLastTransitionTime).orElse("first")
                + broker.getMetadata().getGeneration();
        said.addAll(VitalVerdicts.warnings(vitals(broker), before == null ? null : before.conditions()).stream()
                .map(warning -> new Said(Severity.Warning, warning.reason(), warning.message()))
                .toList());
        said.forEach(one -> parts.audience().events().record(broker, one, occasion));
    }

    /** The same for whoever proves it again because the one before died: the time of the proof is left out. */
    private static String occasion(@Nullable BrokerStatus before, BrokerStatus.Proven now) {
        return (before == null ? "" : before.proven()) + ">" + now.connectionSecret() + "+" + now.trustSecret();
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
    record Audience(EventRecorder events, BrokerListener listener) {}

    /** What every reconcile needs. */
    record BrokerParts(
            ConnectionSource source,
            BrokerSessions sessions,
            SecretSweeper sweeper,
            Audience audience,
            Prover prover) {}

    /** Makes a prover once the cache of Secrets is there. */
    @FunctionalInterface
    interface Prover {
        BrokerProver with(
                io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource<Secret, Broker>
                        secrets);
    }
}
