package dev.workerpool.telemetry;

import dev.workerpool.status.ConditionType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What is found of each Broker, as metrics. */
public final class BrokerMetrics {
    private static final List<String> CONDITIONS = Stream.of(
                    ConditionType.Ready,
                    ConditionType.Reachable,
                    ConditionType.Trusted,
                    ConditionType.EvictsKeys,
                    ConditionType.NearConnectionLimit)
            .map(ConditionType::name)
            .toList();

    private final MeterRegistry registry;
    private final Map<Tags, Gauges> brokers = new ConcurrentHashMap<>();

    public BrokerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Of each report.
     *
     * @param conditions types and statuses
     * @param expires when the first certificate of its chain ends; empty on a plain connection
     */
    public void told(String namespace, String name, Map<String, String> conditions, Optional<Instant> expires) {
        brokers.computeIfAbsent(tags(namespace, name), tags -> new Gauges(registry, tags))
                .tell(conditions, expires);
    }

    public void gone(String namespace, String name) {
        gone(tags(namespace, name));
    }

    /** Nothing is known of any Broker. */
    public void clear() {
        List.copyOf(brokers.keySet()).forEach(this::gone);
    }

    private void gone(Tags broker) {
        Optional.ofNullable(brokers.remove(broker)).ifPresent(gauges -> gauges.remove(registry));
    }

    private static Tags tags(String namespace, String name) {
        return Tags.of("namespace", namespace, "broker", name);
    }

    /** One Broker's. */
    private static final class Gauges {
        private final ConditionGauges conditions;
        private final Meter expiry;
        private volatile double expires = Double.NaN;

        Gauges(MeterRegistry registry, Tags broker) {
            conditions = new ConditionGauges(registry, "workerpool.broker.condition", broker, CONDITIONS);
            expiry = Gauge.builder(
                            "workerpool.broker.certificate.expiry.timestamp.seconds", this, gauges -> gauges.expires)
                    .description("When the first certificate of the broker's chain ends, in seconds since 1970")
                    .tags(broker)
                    .register(registry);
        }

        void tell(Map<String, String> statuses, Optional<Instant> certificateExpires) {
            conditions.tell(statuses);
            expires = certificateExpires
                    .map(time -> (double) time.getEpochSecond())
                    .orElse(Double.NaN);
        }

        void remove(MeterRegistry registry) {
            conditions.meters().forEach(registry::remove);
            registry.remove(expiry);
        }
    }
}
