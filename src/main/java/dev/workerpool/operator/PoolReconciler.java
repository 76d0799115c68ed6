package dev.workerpool.operator;

import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.PoolParser;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.status.PoolSituation;
import dev.workerpool.status.PoolStatuses;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A WorkerPool: gathered, decided, written, reported. */
final class PoolReconciler implements Reconciler<WorkerPool> {
    /** Longer than a first reading is waited for. */
    private static final Duration REPORT_ANYWAY = Duration.ofSeconds(61);

    private final Function<PoolCaches, PoolRounds> assemble;
    private final Wake<WorkerPool> wake;
    private final Gate gate;
    private final Clock clock;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(1));

    /** Set once, when the controller is registered; see {@link #prepareEventSources}. */
    private Optional<PoolRounds> rounds = Optional.empty();

    PoolReconciler(Function<PoolCaches, PoolRounds> assemble, Wake<WorkerPool> wake, Gate gate, Clock clock) {
        this.assemble = assemble;
        this.wake = wake;
        this.gate = gate;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, WorkerPool>> prepareEventSources(EventSourceContext<WorkerPool> context) {
        PoolCaches caches = PoolCaches.of(context);
        rounds = Optional.of(assemble.apply(caches));
        List<EventSource<?, WorkerPool>> sources = new ArrayList<>(caches.eventSources());
        sources.add(wake.over(context.getPrimaryCache()));
        return sources;
    }

    @Override
    public UpdateControl<WorkerPool> reconcile(WorkerPool pool, Context<WorkerPool> context) {
        return gate.through(() -> switch (PoolParser.parse(pool)) {
                    case PoolSettings.Parsed.Invalid invalid -> refuse(pool, invalid);
                    case PoolSettings.Parsed.Valid valid -> run(pool, valid.settings());
                })
                .orElseGet(UpdateControl::noUpdate);
    }

    void forget(WorkerPool pool) {
        PoolKey key = key(pool);
        backoff.reset(key);
        rounds.ifPresent(all -> all.forget(key));
    }

    private UpdateControl<WorkerPool> run(WorkerPool pool, PoolSettings settings) {
        Instant now = clock.instant();
        PoolRounds all = rounds.orElseThrow();
        Gathered gathered = all.gather(settings);
        Written written = all.write(pool, gathered);
        if (written.stall().isEmpty() && gathered.reportLater()) {
            return UpdateControl.<WorkerPool>noUpdate().rescheduleAfter(REPORT_ANYWAY);
        }
        if (pool.getStatus() == null && written.justCreated(now)) {
            return UpdateControl.<WorkerPool>noUpdate().rescheduleAfter(Written.JUST);
        }
        PoolReport report = all.report(pool, gathered, written, now);
        all.tell(pool, report);
        all.replace(pool, written, report);
        UpdateControl<WorkerPool> control = write(pool, report.status(), now);
        if (written.stall().isPresent()) {
            control.rescheduleAfter(backoff.next(key(pool)));
        } else {
            backoff.reset(key(pool));
            Stream.of(written.again(), report.again(now))
                    .flatMap(Optional::stream)
                    .min(Duration::compareTo)
                    .ifPresent(control::rescheduleAfter);
        }
        return control;
    }

    /** Nothing of it is run or measured anew; what runs goes on. */
    private UpdateControl<WorkerPool> refuse(WorkerPool pool, PoolSettings.Parsed.Invalid invalid) {
        Instant now = clock.instant();
        var note = new PoolSituation.Note(invalid.reason(), invalid.message());
        WorkerPoolStatus status =
                PoolStatuses.invalid(note, pool.getStatus(), pool.getMetadata().getGeneration(), now);
        rounds.orElseThrow().refuse(pool, note, status);
        return write(pool, status, now);
    }

    private static UpdateControl<WorkerPool> write(WorkerPool pool, WorkerPoolStatus status, Instant now) {
        if (!PoolStatuses.worthWriting(pool.getStatus(), status, now)) {
            return UpdateControl.noUpdate();
        }
        WorkerPool patch = new WorkerPool();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(pool.getMetadata().getNamespace())
                .withName(pool.getMetadata().getName())
                .build());
        patch.setStatus(status);
        return UpdateControl.patchStatus(patch);
    }

    static PoolKey key(WorkerPool pool) {
        return new PoolKey(pool.getMetadata().getNamespace(), pool.getMetadata().getName());
    }
}
