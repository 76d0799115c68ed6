package dev.workerpool.desired;

import static java.util.Objects.requireNonNullElse;

import dev.workerpool.api.FrameworkName;
import dev.workerpool.api.OnStuck;
import dev.workerpool.api.Queue;
import dev.workerpool.api.Scaling;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolSpec;
import dev.workerpool.desired.PoolSettings.Parsed;
import dev.workerpool.framework.BullMq;
import dev.workerpool.framework.Celery;
import dev.workerpool.framework.Custom;
import dev.workerpool.framework.Framework;
import dev.workerpool.framework.Resque;
import dev.workerpool.framework.Rq;
import dev.workerpool.framework.Sidekiq;
import dev.workerpool.scaling.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a pool. The schema has refused most mistakes; what it cannot see is refused here, with a reason. */
public final class PoolParser {
    private static final String FIVE_MINUTES = "5m";

    private PoolParser() {}

    public static Parsed parse(WorkerPool pool) {
        WorkerPoolSpec spec = pool.getSpec();
        Optional<Duration> drainTimeout = GoDuration.parse(requireNonNullElse(spec.drainTimeout(), FIVE_MINUTES));
        if (drainTimeout.isEmpty()) {
            return notADuration("drainTimeout");
        }
        Optional<Duration> idleAfter = idleAfter(spec);
        if (idleAfter.isEmpty()) {
            return notADuration("scaling.idleAfter");
        }
        Optional<Duration> stuckAfter = GoDuration.parse(requireNonNullElse(spec.stuckAfter(), FIVE_MINUTES));
        if (stuckAfter.isEmpty()) {
            return notADuration("stuckAfter");
        }
        Optional<Framework> framework = framework(spec);
        if (framework.isEmpty()) {
            return notADuration("celery.visibilityTimeout");
        }
        Optional<String> workload = Optional.ofNullable(spec.workloadRef()).map(ref -> ref.name());
        Optional<Parsed.Invalid> fault = workload.isEmpty() ? templateFault(spec) : Optional.empty();
        if (fault.isPresent()) {
            return fault.get();
        }
        var metadata = pool.getMetadata();
        return new Parsed.Valid(new PoolSettings(
                new PoolIdentity(metadata.getNamespace(), metadata.getName(), metadata.getUid()),
                spec.brokerRef().name(),
                framework.get(),
                spec.queues().stream().map(Queue::name).toList(),
                drainTimeout.get(),
                new Settings(
                        requireNonNullElse(spec.replicas(), 1),
                        requireNonNullElse(spec.concurrency(), 10),
                        Optional.ofNullable(spec.scaling()).map(scaling -> scaling(scaling, idleAfter.get())),
                        new Settings.Stuck(stuckAfter.get(), workload.isEmpty() && spec.onStuck() == OnStuck.Replace)),
                workload,
                spec));
    }

    private static Optional<Parsed.Invalid> templateFault(WorkerPoolSpec spec) {
        return WorkerContainer.fault(spec.template())
                .map(fault -> new Parsed.Invalid("NoWorkerContainer", fault))
                .or(() -> RepeatedVariables.fault(Objects.requireNonNull(spec.template()))
                        .map(fault -> new Parsed.Invalid("InvalidTemplate", fault)));
    }

    private static Parsed notADuration(String field) {
        return new Parsed.Invalid("InvalidSpec", field + " must be a duration such as 30s or 5m");
    }

    private static Optional<Duration> idleAfter(WorkerPoolSpec spec) {
        return GoDuration.parse(
                Optional.ofNullable(spec.scaling()).map(Scaling::idleAfter).orElse(FIVE_MINUTES));
    }

    /** Nothing where a duration in the framework's own block is none. */
    private static Optional<Framework> framework(WorkerPoolSpec spec) {
        return switch (spec.framework()) {
            case FrameworkName.Celery -> celery(Optional.ofNullable(spec.celery()));
            case FrameworkName.Sidekiq ->
                Optional.of(
                        new Sidekiq(Optional.ofNullable(spec.sidekiq()).map(dev.workerpool.api.Sidekiq::urlVariable)));
            case FrameworkName.RQ ->
                Optional.of(new Rq(Optional.ofNullable(spec.rq()).map(dev.workerpool.api.Rq::urlVariable)));
            case FrameworkName.BullMQ -> Optional.of(bullMq(spec.bullmq()));
            case FrameworkName.Resque -> Optional.of(resque(Optional.ofNullable(spec.resque())));
            case FrameworkName.Custom -> Optional.of(custom(spec.custom()));
        };
    }

    private static Resque resque(Optional<dev.workerpool.api.Resque> given) {
        return new Resque(
                given.map(dev.workerpool.api.Resque::keyPrefix).orElse("resque"),
                given.map(dev.workerpool.api.Resque::urlVariable).orElse("REDIS_URL"));
    }

    private static Optional<Framework> celery(Optional<dev.workerpool.api.Celery> block) {
        return GoDuration.parse(
                        block.map(dev.workerpool.api.Celery::visibilityTimeout).orElse("1h"))
                .map(visibilityTimeout -> new Celery(
                        block.map(dev.workerpool.api.Celery::app),
                        block.map(dev.workerpool.api.Celery::keyPrefix).orElse(""),
                        visibilityTimeout,
                        block.map(dev.workerpool.api.Celery::resultBackend).isPresent()));
    }

    private static BullMq bullMq(dev.workerpool.api.@Nullable BullMq block) {
        Optional<dev.workerpool.api.BullMq> given = Optional.ofNullable(block);
        return new BullMq(
                given.map(dev.workerpool.api.BullMq::keyPrefix).orElse("bull"),
                given.map(dev.workerpool.api.BullMq::urlVariable).orElse("REDIS_URL"));
    }

    private static Custom custom(dev.workerpool.api.@Nullable Custom block) {
        return block == null
                ? new Custom(List.of(), List.of())
                : new Custom(
                        keys(block.waiting()),
                        keys(requireNonNullElse(block.running(), List.of())),
                        Optional.ofNullable(block.urlVariable()));
    }

    private static List<Custom.Key> keys(List<dev.workerpool.api.Custom.Key> keys) {
        return keys.stream()
                .map(key -> new Custom.Key(type(key.type()), key.key()))
                .toList();
    }

    private static Custom.Type type(dev.workerpool.api.Custom.KeyType type) {
        return switch (type) {
            case List -> Custom.Type.LIST;
            case Set -> Custom.Type.SET;
            case SortedSet -> Custom.Type.SORTED_SET;
            case Hash -> Custom.Type.HASH;
            case Stream -> Custom.Type.STREAM;
        };
    }

    private static Settings.Scaling scaling(Scaling scaling, Duration idleAfter) {
        return new Settings.Scaling(
                mode(requireNonNullElse(scaling.mode(), Scaling.Mode.Active)),
                requireNonNullElse(scaling.minReplicas(), 1),
                scaling.maxReplicas(),
                scaling.target().backlogPerWorker(),
                idleAfter);
    }

    private static Settings.Mode mode(Scaling.Mode mode) {
        return switch (mode) {
            case Active -> Settings.Mode.ACTIVE;
            case Recommend -> Settings.Mode.RECOMMEND;
            case Paused -> Settings.Mode.PAUSED;
        };
    }
}
