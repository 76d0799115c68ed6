package dev.workerpool.telemetry;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Sighting;
import dev.workerpool.status.ConditionType;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is seen and decided of each pool, as metrics. They are made when somebody asks: kept as meters, they would be a fifth of what
 * the operator remembers of a pool.
 */
public final class PoolMetrics implements MultiCollector {
    private static final String CONDITION = "workerpool_pool_condition";
    private static final String SCALINGS = "workerpool.scalings";
    private static final List<String> CONDITIONS = List.of(
            ConditionType.Ready.name(),
            ConditionType.Stalled.name(),
            ConditionType.BrokerReady.name(),
            ConditionType.ScalingActive.name(),
            ConditionType.QueuesConsumed.name());

    private final PrometheusMeterRegistry registry;
    private final Clock clock;
    private final Map<PoolKey, Shown> pools = new ConcurrentHashMap<>();

    public PoolMetrics(PrometheusMeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        registry.getPrometheusRegistry().register(this);
    }

    /** A pool's last observation, and its conditions' statuses by type. */
    private record Shown(Optional<Sighting> last, Map<String, String> conditions) {}

    /** Of each measurement. */
    public void observed(PoolKey pool, Sighting sighting) {
        pools.merge(
                pool,
                new Shown(Optional.of(sighting), Map.of()),
                (before, now) -> new Shown(now.last(), before.conditions()));
    }

    /** Its conditions' types and statuses. */
    public void told(PoolKey pool, Map<String, String> conditions) {
        pools.merge(
                pool,
                new Shown(Optional.empty(), Map.copyOf(conditions)),
                (before, now) -> new Shown(before.last(), now.conditions()));
    }

    /** A Deployment's replicas were changed. */
    public void scaled(PoolKey pool, Decision decision) {
        registry.counter(SCALINGS, tags(pool).and("reason", decision.reason().name()))
                .increment();
    }

    public void gone(PoolKey pool) {
        pools.remove(pool);
        registry.find(SCALINGS).tags(tags(pool)).meters().forEach(registry::remove);
    }

    /** Nothing is known of any pool. */
    public void clear() {
        List.copyOf(pools.keySet()).forEach(this::gone);
    }

    @Override
    public MetricSnapshots collect() {
        Map<PoolKey, Shown> now = Map.copyOf(pools);
        if (now.isEmpty()) {
            return new MetricSnapshots();
        }
        Instant time = clock.instant();
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        for (PoolFamily family : PoolFamily.ALL) {
            all.metricSnapshot(family(family, now, time));
        }
        return all.metricSnapshot(conditions(now)).build();
    }

    private static GaugeSnapshot family(PoolFamily family, Map<PoolKey, Shown> pools, Instant now) {
        GaugeSnapshot.Builder all =
                GaugeSnapshot.builder().name(family.metric()).help(family.help());
        pools.forEach((pool, shown) -> all.dataPoint(point(
                labels(pool),
                shown.last()
                        .map(seen -> family.value().applyAsDouble(seen, now))
                        .orElse(Double.NaN))));
        return all.build();
    }

    private static GaugeSnapshot conditions(Map<PoolKey, Shown> pools) {
        GaugeSnapshot.Builder all = GaugeSnapshot.builder().name(CONDITION).help(ConditionGauges.DESCRIPTION);
        pools.forEach((pool, shown) -> CONDITIONS.forEach(type -> all.dataPoint(
                point(labels(pool).add("condition", type), ConditionGauges.value(shown.conditions(), type)))));
        return all.build();
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static Labels labels(PoolKey pool) {
        return Labels.of("namespace", pool.namespace(), "pool", pool.name());
    }

    private static Tags tags(PoolKey pool) {
        return Tags.of("namespace", pool.namespace(), "pool", pool.name());
    }
}
