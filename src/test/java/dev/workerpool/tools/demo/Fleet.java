package dev.workerpool.tools.demo;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operator's page shows, as its browser gets it. A figure that is not known is absent. */
record Fleet(long at, List<Row> pools, List<Broker> brokers) {
    Fleet {
        pools = List.copyOf(pools);
        brokers = List.copyOf(brokers);
    }

    static Fleet read(String json) {
        return Json.read(json, Fleet.class);
    }

    Optional<Row> pool(String name) {
        return pools.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /**
     * One pool.
     *
     * @param oldest the age of the oldest waiting job, in seconds
     * @param desired the decided size
     */
    record Row(
            String name,
            @Nullable Long waiting,
            @Nullable Long running,
            @Nullable Long oldest,
            @Nullable Integer replicas,
            @Nullable Integer ready,
            @Nullable Integer desired,
            @Nullable String reason,
            @Nullable String message) {}

    record Broker(
            String name,
            @Nullable String endpoint,
            @Nullable String server,
            @Nullable String tls,
            List<Condition> conditions) {
        Optional<Condition> condition(String type) {
            return conditions.stream()
                    .filter(condition -> condition.type().equals(type))
                    .findFirst();
        }
    }

    record Condition(String type, String status, String reason, String message) {}
}
