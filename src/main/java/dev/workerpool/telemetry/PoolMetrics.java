package dev.workerpool.telemetry;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Settings;
import dev.workerpool.scaling.Sighting;
import dev.workerpool.scaling.Totals;
import dev.workerpool.status.ConditionType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What is seen and decided of each pool, as metrics. A figure that is unknown is NaN, never 0; ages are counted at the
 * moment they are read.
 */
public final class PoolMetrics {
    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<PoolKey, Shown> pools = new ConcurrentHashMap<>();

    public PoolMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    private static final List<String> CONDITIONS = List.of(
            ConditionType.Ready.name(),
            ConditionType.Stalled.name(),
            ConditionType.BrokerReady.name(),
            ConditionType.ScalingActive.name(),
            ConditionType.QueuesConsumed.name());

    /** A pool's last observation and conditions, and the meters that read them. */
    private static final class Shown {
        private final ConditionGauges conditions;
        private volatile Optional<Sighting> last = Optional.empty();
        private volatile List<Meter> meters = List.of();

        Shown(ConditionGauges conditions) {
            this.conditions = conditions;
        }

        double read(ToDoubleFunction<Sighting> value) {
            return last.map(seen -> value.applyAsDouble(seen)).orElse(Double.NaN);
        }
    }

    /** Of each measurement. */
    public void observed(PoolKey pool, Sighting sighting) {
        pools.computeIfAbsent(pool, this::register).last = Optional.of(sighting);
    }

    /** Its conditions' types and statuses. */
    public void told(PoolKey pool, Map<String, String> conditions) {
        pools.computeIfAbsent(pool, this::register).conditions.tell(conditions);
    }

    /** A Deployment's replicas were changed. */
    public void scaled(PoolKey pool, Decision decision) {
        registry.counter(
                        "workerpool.scalings",
                        tags(pool).and("reason", decision.reason().name()))
                .increment();
    }

    public void gone(PoolKey pool) {
        Optional.ofNullable(pools.remove(pool)).ifPresent(shown -> {
            shown.meters.forEach(registry::remove);
            shown.conditions.meters().forEach(registry::remove);
        });
        registry.find("workerpool.scalings").tags(tags(pool)).meters().forEach(registry::remove);
    }

    /** Nothing is known of any pool. */
    public void clear() {
        List.copyOf(pools.keySet()).forEach(this::gone);
    }

    private Shown register(PoolKey pool) {
        Shown shown = new Shown(new ConditionGauges(registry, "workerpool.pool.condition", tags(pool), CONDITIONS));
        shown.meters = List.of(
                gauge(
                        shown,
                        pool,
                        "workerpool.waiting.jobs",
                        "Jobs that nobody has taken",
                        seen -> figure(seen.totals().waiting())),
                gauge(
                        shown,
                        pool,
                        "workerpool.held.jobs",
                        "Jobs a worker has taken but not begun",
                        seen -> figure(seen.totals().held())),
                gauge(
                        shown,
                        pool,
                        "workerpool.due.jobs",
                        "Jobs whose time has come",
                        seen -> figure(seen.totals().due())),
                gauge(
                        shown,
                        pool,
                        "workerpool.running.jobs",
                        "Jobs that a worker works on",
                        seen -> figure(seen.totals().running())),
                gauge(
                        shown,
                        pool,
                        "workerpool.scheduled.jobs",
                        "Jobs that wait for their time",
                        seen -> figure(seen.totals().beside().scheduled())),
                gauge(
                        shown,
                        pool,
                        "workerpool.failed.jobs",
                        "Jobs that were given up and kept",
                        seen -> figure(seen.totals().beside().failed())),
                gauge(
                        shown,
                        pool,
                        "workerpool.paused.jobs",
                        "Jobs that wait where the work is paused",
                        seen -> figure(seen.totals().paused())),
                gauge(
                        shown,
                        pool,
                        "workerpool.unconsumed.queues",
                        "Queues from which nothing is taken, though workers should",
                        seen -> seen.totals().waiting().known() ? seen.unconsumed() : Double.NaN),
                gauge(
                        shown,
                        pool,
                        "workerpool.replicas",
                        "The live spec.replicas",
                        seen -> seen.fleet().replicas()),
                gauge(
                        shown,
                        pool,
                        "workerpool.ready.replicas",
                        "Pods that are ready",
                        seen -> seen.fleet().ready()),
                gauge(
                        shown,
                        pool,
                        "workerpool.desired.replicas",
                        "Replicas as decided",
                        seen -> seen.decision().replicas()),
                gauge(
                        shown,
                        pool,
                        "workerpool.max.replicas",
                        "The spec's maxReplicas; NaN where the pool is not scaled by the operator",
                        seen -> seen.settings()
                                .scaling()
                                .map(Settings.Scaling::max)
                                .map(Double::valueOf)
                                .orElse(Double.NaN)),
                oldest(shown, pool),
                startUp(shown, pool));
        return shown;
    }

    private Meter gauge(Shown shown, PoolKey pool, String name, String description, ToDoubleFunction<Sighting> value) {
        return Gauge.builder(name, shown, now -> now.read(value))
                .description(description)
                .tags(tags(pool))
                .register(registry);
    }

    private Meter oldest(Shown shown, PoolKey pool) {
        return TimeGauge.builder(
                        "workerpool.oldest.age",
                        shown,
                        TimeUnit.MILLISECONDS,
                        now -> now.read(seen -> age(seen.totals())))
                .description("Age of the oldest waiting job; 0 where nothing waits, NaN where it is not known")
                .tags(tags(pool))
                .register(registry);
    }

    private Meter startUp(Shown shown, PoolKey pool) {
        return TimeGauge.builder(
                        "workerpool.start.up",
                        shown,
                        TimeUnit.MILLISECONDS,
                        now -> now.read(seen -> seen.startUp()
                                .longest()
                                .map(Duration::toMillis)
                                .map(Long::doubleValue)
                                .orElse(Double.NaN)))
                .description("Longest time that one of the last few workers took to start; NaN until one was seen to")
                .tags(tags(pool))
                .register(registry);
    }

    private double age(Totals totals) {
        return totals.oldestAge(clock.instant())
                .map(Duration::toMillis)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    private static double figure(Figure figure) {
        return figure instanceof Figure.Known known ? known.value() : Double.NaN;
    }

    private static Tags tags(PoolKey pool) {
        return Tags.of("namespace", pool.namespace(), "pool", pool.name());
    }
}
