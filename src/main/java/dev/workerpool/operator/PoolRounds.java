package dev.workerpool.operator;

import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.desired.Injection;
import dev.workerpool.desired.Labels;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.scaling.Replacement;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.PoolFigures;
import dev.workerpool.status.PoolSituation;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.status.PoolSituation.Rollout;
import dev.workerpool.status.PoolStatuses;
import dev.workerpool.status.PoolStatuses.Pods;
import dev.workerpool.status.SingletonVerdict;
import dev.workerpool.status.Verdict;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of a pool's reconcile: gather, write, report, tell. */
final class PoolRounds {
    private final PoolCaches caches;
    private final ForeignWorkloads foreign;
    private final BrokerSessions sessions;
    private final PoolMonitor monitor;
    private final PoolWriter writer;
    private final PoolEvents events;
    private final PoolListener listener;
    private final Evictor evictor;

    PoolRounds(
            PoolCaches caches,
            ForeignWorkloads foreign,
            BrokerSessions sessions,
            PoolMonitor monitor,
            PoolWriter writer,
            Evictor evictor,
            Audience audience) {
        this.caches = caches;
        this.foreign = foreign;
        this.sessions = sessions;
        this.monitor = monitor;
        this.writer = writer;
        this.events = audience.events();
        this.listener = audience.listener();
        this.evictor = evictor;
    }

    /** Who is told: people, by events, and metrics. */
    record Audience(PoolEvents events, PoolListener listener) {}

    Gathered gather(PoolSettings settings) {
        PoolKey key = key(settings);
        if (settings.ownsDeployment()) {
            foreign.forget(key);
        }
        PoolMonitor.View view = monitor.look(key, settings);
        sessions.measure(
                key,
                new BrokerKey(key.namespace(), settings.broker()),
                new Query(
                        settings.framework(),
                        settings.queues(),
                        view.history().startUp().ahead()));
        return new Gathered(
                view,
                BrokerView.of(settings.broker(), caches.broker(key.namespace(), settings.broker())),
                live(settings));
    }

    Written write(WorkerPool pool, Gathered gathered) {
        return writer.write(
                gathered,
                (from, to, live) ->
                        events.scaling(pool, gathered.view().decision(), new PoolEvents.Step(from, to, live)));
    }

    PoolReport report(WorkerPool pool, Gathered gathered, Written written, Instant now) {
        Said said = new Said(
                gathered.view().queuesConsumed(pool.getStatus()),
                isSettled(gathered, written) ? gathered.view().replacement(pool.getStatus()) : new Replacement.None(),
                gathered.view().periodicJobs(pool.getStatus()),
                SingletonVerdict.of(
                        writer.singletons().states(gathered.view().settings()),
                        gathered.broker() instanceof BrokerView.Usable,
                        pool.getStatus() == null ? null : pool.getStatus().conditions(),
                        now));
        PoolSituation situation = situation(gathered, written, said);
        Optional<DeploymentStatus> pods = written.deployment().map(Deployment::getStatus);
        return new PoolReport(
                situation,
                PoolStatuses.of(
                        situation,
                        PoolFigures.of(
                                gathered.view().observation(), gathered.view().history()),
                        new Pods(
                                pool.getMetadata().getGeneration(),
                                pods.map(DeploymentStatus::getReadyReplicas).orElse(0),
                                selector(gathered.view().settings(), written)),
                        pool.getStatus(),
                        now));
    }

    void tell(WorkerPool pool, PoolReport report) {
        events.tell(pool, report);
        listener.told(
                PoolReconciler.key(pool), Objects.requireNonNull(report.status().conditions()));
    }

    /** Whether all is as decided, and was before this reconcile: no worker is replaced while others come and go. */
    private static boolean isSettled(Gathered gathered, Written written) {
        int seen = gathered.view().observation().fleet().replicas();
        return written.stall().isEmpty()
                && written.deployment()
                        .map(Noteworthy::rollout)
                        .filter(Rollout::complete)
                        .filter(rollout -> rollout.wanted() == seen)
                        .isPresent();
    }

    /** The last step: what was noted is done, once all else is as it should be. */
    void replace(WorkerPool pool, Written written, PoolReport report) {
        PoolSituation situation = report.situation();
        if (situation.replacement() instanceof Replacement.Evict evict
                && written.deployment().isPresent()) {
            evictor.evict(
                    PoolReconciler.key(pool),
                    written.deployment().get(),
                    evict.pod(),
                    uid -> events.replacing(pool, evict.pod(), uid, situation.queuesConsumed()));
        }
    }

    void refuse(WorkerPool pool, Note note, WorkerPoolStatus status) {
        sessions.forget(PoolReconciler.key(pool));
        monitor.forget(PoolReconciler.key(pool));
        events.refused(pool, note);
        listener.told(PoolReconciler.key(pool), Objects.requireNonNull(status.conditions()));
    }

    void forget(PoolKey pool) {
        sessions.forget(pool);
        monitor.forget(pool);
        foreign.forget(pool);
        evictor.forget(pool);
    }

    private Optional<Deployment> live(PoolSettings settings) {
        PoolKey key = key(settings);
        return settings.workload()
                .map(name -> foreign.live(key, name))
                .orElseGet(() -> caches.deployment(key.namespace(), key.name()));
    }

    private static PoolSituation situation(Gathered gathered, Written written, Said said) {
        Optional<Note> broker = switch (gathered.broker()) {
            case BrokerView.Missing missing ->
                Optional.of(new Note("BrokerNotFound", "there is no Broker " + missing.name()));
            case BrokerView.Unproven unproven -> Optional.of(new Note(unproven.reason(), unproven.message()));
            case BrokerView.Usable usable ->
                usable.trouble().map(trouble -> new Note(trouble.reason(), trouble.message()));
        };
        return new PoolSituation(
                written.stall()
                        .or(() -> PodVerdicts.refused(
                                gathered.view().observation().fleet())),
                broker,
                gathered.broker() instanceof BrokerView.Usable,
                written.deployment().map(Noteworthy::rollout),
                gathered.view().settings().scaling(),
                gathered.view().decision(),
                said.queuesConsumed(),
                said.replacement(),
                said.periodicJobs(),
                said.singletons(),
                injected(gathered),
                access(gathered, written));
    }

    private static List<Verdict> access(Gathered gathered, Written written) {
        return gathered.view().settings().ownsDeployment()
                ? Stream.concat(written.deployment().map(PodVerdicts::restricted).stream(), written.network().stream())
                        .toList()
                : List.of();
    }

    /** Of what a live template was once made of, where that is still the same. */
    private static Optional<Verdict> injected(Gathered gathered) {
        PoolSettings settings = gathered.view().settings();
        if (!settings.ownsDeployment() || !(gathered.broker() instanceof BrokerView.Usable usable)) {
            return Optional.empty();
        }
        Injection.Told told = Injection.told(settings, usable.proven());
        return Optional.of(new Verdict(
                ConditionType.ConnectionInjected,
                told.holds() ? Verdict.Truth.True : Verdict.Truth.False,
                told.reason(),
                told.message()));
    }

    /** What follows from what the status says already. */
    private record Said(
            Verdict queuesConsumed,
            Replacement replacement,
            Optional<Verdict> periodicJobs,
            Optional<Verdict> singletons) {}

    /** Of our own pods, or of the workload that is scaled. */
    private static @Nullable String selector(PoolSettings settings, Written written) {
        if (settings.ownsDeployment()) {
            return Labels.POOL + "=" + settings.identity().name();
        }
        return written.deployment()
                .map(deployment -> deployment.getSpec().getSelector().getMatchLabels())
                .map(labels -> labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining(",")))
                .orElse(null);
    }

    static PoolKey key(PoolSettings settings) {
        return new PoolKey(settings.identity().namespace(), settings.identity().name());
    }
}
