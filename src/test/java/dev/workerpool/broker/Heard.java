package dev.workerpool.broker;

import static org.awaitility.Awaitility.await;

import dev.workerpool.broker.BrokerClient.Interest;
import dev.workerpool.broker.BrokerClient.Measuring;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Measurement.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A listener that remembers everything it is told, and whether it was ever told two things at once. */
public final class Heard implements BrokerClient.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Told(PoolKey pool, Measurement measurement) {}

    private final List<Told> all = new CopyOnWriteArrayList<>();
    private final Map<PoolKey, Integer> waitedFor = new ConcurrentHashMap<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean concurrently;

    private volatile Interest interest = Interest.READINGS;
    private volatile Optional<Measuring> measuring = Optional.empty();
    private volatile Optional<Vitals> vitals = Optional.empty();

    @Override
    public Interest measured(PoolKey pool, Measurement measurement) {
        concurrently |= inside.incrementAndGet() > 1;
        all.add(new Told(pool, measurement));
        inside.decrementAndGet();
        return interest;
    }

    @Override
    public void measuring(Measuring how) {
        measuring = Optional.of(how);
    }

    @Override
    public void vitals(Vitals now) {
        vitals = Optional.of(now);
    }

    /** Waits until the broker has said how it is. */
    public Vitals vitals() {
        await().atMost(PATIENCE).until(() -> vitals.isPresent());
        return vitals.orElseThrow();
    }

    /** How changes became known when it was last told of that. */
    public Optional<Measuring> measuring() {
        return measuring;
    }

    /** From now on only changes are of interest. */
    public Heard ofChangesAlone() {
        interest = Interest.CHANGES;
        return this;
    }

    public boolean everConcurrently() {
        return concurrently;
    }

    public int times(PoolKey pool) {
        return Math.toIntExact(
                all.stream().filter(told -> told.pool().equals(pool)).count());
    }

    /** How often it was told something like this. */
    public int times(PoolKey pool, Predicate<Measured> like) {
        return Math.toIntExact(of(pool).stream()
                .filter(told -> told instanceof Measured measured && like.test(measured))
                .count());
    }

    /** Waits for a measurement of the pool that is like this, told after the one that was last waited for. */
    public Measured measured(PoolKey pool, Predicate<Measured> like) {
        return next(pool, Measured.class, like);
    }

    public Unavailable unavailable(PoolKey pool) {
        return next(pool, Unavailable.class, any -> true);
    }

    /** Waits for so many more rounds of the pool, from now on. */
    public void rounds(PoolKey pool, int more) {
        int wanted = times(pool) + more;
        await().atMost(PATIENCE).until(() -> times(pool) >= wanted);
        waitedFor.put(pool, wanted);
    }

    private List<Measurement> of(PoolKey pool) {
        return all.stream()
                .filter(told -> told.pool().equals(pool))
                .map(Told::measurement)
                .toList();
    }

    private <M extends Measurement> M next(PoolKey pool, Class<M> kind, Predicate<M> like) {
        AtomicInteger index = new AtomicInteger(waitedFor.getOrDefault(pool, 0));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            List<Measurement> told = of(pool);
            while (index.get() < told.size()) {
                Measurement measurement = told.get(index.getAndIncrement());
                if (kind.isInstance(measurement) && like.test(kind.cast(measurement))) {
                    return true;
                }
            }
            return false;
        });
        waitedFor.put(pool, index.get());
        return kind.cast(of(pool).get(index.get() - 1));
    }
}
