package dev.workerpool.telemetry;

import dev.workerpool.status.ConditionType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is found of each Broker, as metrics. */
public final class BrokerMetrics {
    private static final List<String> CONDITIONS =
            List.of(ConditionType.Ready.name(), ConditionType.Reachable.name(), ConditionType.Trusted.name());

    private final MeterRegistry registry;
    private final Map<Tags, ConditionGauges> brokers = new ConcurrentHashMap<>();

    public BrokerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Its conditions' types and statuses. */
    public void told(String namespace, String name, Map<String, String> conditions) {
        brokers.computeIfAbsent(
                        tags(namespace, name),
                        tags -> new ConditionGauges(registry, "workerpool.broker.condition", tags, CONDITIONS))
                .tell(conditions);
    }

    public void gone(String namespace, String name) {
        gone(tags(namespace, name));
    }

    /** Nothing is known of any Broker. */
    public void clear() {
        List.copyOf(brokers.keySet()).forEach(this::gone);
    }

    private void gone(Tags broker) {
        Optional.ofNullable(brokers.remove(broker))
                .ifPresent(gauges -> gauges.meters().forEach(registry::remove));
    }

    private static Tags tags(String namespace, String name) {
        return Tags.of("namespace", namespace, "broker", name);
    }
}
