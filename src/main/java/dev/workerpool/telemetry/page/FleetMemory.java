package dev.workerpool.telemetry.page;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Sighting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

/** What this process has seen of all pools and Brokers in the last hour. Nothing of it is stored: a restart begins anew. */
public final class FleetMemory {
    /** Some 16 KB a pool. */
    private static final Duration OFTEN = Duration.ofSeconds(10);

    /** For the pools beyond the first thousand, so that memory stays bounded: some 4 KB a pool. */
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private static final int OFTEN_FOR = 1_000;

    private final Clock clock;
    private final BooleanSupplier leads;
    private final Map<PoolKey, PoolMemory> pools = new ConcurrentHashMap<>();
    private final Map<String, BrokerRow> brokers = new ConcurrentSkipListMap<>();

    public FleetMemory(Clock clock, BooleanSupplier leads) {
        this.clock = clock;
        this.leads = leads;
    }

    /** The table, at a moment in seconds since 1970. */
    record Fleet(long at, boolean leads, List<PoolMemory.Row> pools, List<BrokerRow> brokers) {}

    public void observed(PoolKey pool, Sighting sighting) {
        of(pool).see(sighting, clock.instant());
    }

    public void told(PoolKey pool, List<Told> conditions) {
        of(pool).tell(conditions);
    }

    public void scaled(PoolKey pool, int from, int to, Decision decision) {
        of(pool).change(from, to, decision, clock.instant());
    }

    public void gone(PoolKey pool) {
        pools.remove(pool);
    }

    public void told(BrokerRow broker) {
        brokers.put(broker.namespace() + "/" + broker.name(), broker);
    }

    public void goneBroker(String namespace, String name) {
        brokers.remove(namespace + "/" + name);
    }

    public void clear() {
        pools.clear();
        brokers.clear();
    }

    /** Whether this process is the one that writes; a standby knows of no pool. */
    public boolean leads() {
        return leads.getAsBoolean();
    }

    Fleet fleet() {
        Instant now = clock.instant();
        return new Fleet(
                now.getEpochSecond(),
                leads(),
                pools.values().stream()
                        .map(pool -> pool.row(now))
                        .sorted(Comparator.comparing(PoolMemory.Row::namespace).thenComparing(PoolMemory.Row::name))
                        .toList(),
                List.copyOf(brokers.values()));
    }

    Optional<PoolMemory.Detail> pool(PoolKey pool) {
        return Optional.ofNullable(pools.get(pool)).map(memory -> memory.detail(clock.instant()));
    }

    private PoolMemory of(PoolKey pool) {
        return pools.computeIfAbsent(pool, key -> new PoolMemory(key, pools.size() < OFTEN_FOR ? OFTEN : SELDOM));
    }
}
