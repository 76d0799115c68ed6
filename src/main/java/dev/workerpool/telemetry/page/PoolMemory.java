package dev.workerpool.telemetry.page;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Settings;
import dev.workerpool.scaling.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is remembered of one pool. */
final class PoolMemory {
    private static final int CHANGES = 50;

    private final PoolKey pool;
    private final Series series;
    private final Deque<Change> changes = new ArrayDeque<>();
    private Optional<Sighting> last = Optional.empty();
    private List<Told> conditions = List.of();

    PoolMemory(PoolKey pool, Duration every) {
        this.pool = pool;
        this.series = new Series(every);
    }

    /** One line of the table; what is unknown is absent. */
    record Row(
            String namespace,
            String name,
            @Nullable Long waiting,
            @Nullable Long running,
            @Nullable Long oldest,
            @Nullable Integer replicas,
            @Nullable Integer ready,
            @Nullable Integer desired,
            @Nullable Integer max,
            @Nullable String reason,
            @Nullable String message,
            String state) {}

    /** All that there is to show of one pool; changes newest first. */
    record Detail(Row row, List<Told> conditions, List<Change> changes, Series.Columns series) {}

    synchronized void see(Sighting sighting, Instant now) {
        last = Optional.of(sighting);
        series.see(sighting, now);
    }

    synchronized void tell(List<Told> now) {
        conditions = List.copyOf(now);
    }

    synchronized void change(int from, int to, Decision decision, Instant now) {
        changes.addFirst(
                new Change(now.getEpochSecond(), from, to, decision.reason().name(), decision.message()));
        while (changes.size() > CHANGES) {
            changes.removeLast();
        }
    }

    synchronized Row row(Instant now) {
        return new Row(
                pool.namespace(),
                pool.name(),
                last.map(seen -> number(seen.totals().waiting())).orElse(null),
                last.map(seen -> number(seen.totals().running())).orElse(null),
                last.flatMap(seen -> seen.totals().oldestAge(now))
                        .map(Duration::toSeconds)
                        .orElse(null),
                last.map(seen -> seen.fleet().replicas()).orElse(null),
                last.map(seen -> seen.fleet().ready()).orElse(null),
                last.map(seen -> seen.decision().replicas()).orElse(null),
                last.flatMap(seen -> seen.settings().scaling())
                        .map(Settings.Scaling::max)
                        .orElse(null),
                last.map(seen -> seen.decision().reason().name()).orElse(null),
                last.map(seen -> seen.decision().message()).orElse(null),
                States.ofPool(conditions));
    }

    synchronized Detail detail(Instant now) {
        return new Detail(row(now), conditions, List.copyOf(changes), series.lastHour(now));
    }

    private static @Nullable Long number(Figure figure) {
        return figure instanceof Figure.Known known ? Long.valueOf(known.value()) : null;
    }
}
