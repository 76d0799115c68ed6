package dev.workerpool.telemetry;

import dev.workerpool.status.ConditionType;
import dev.workerpool.status.Lifetime.Holder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
                    ConditionType.CertificateReady,
                    ConditionType.CertificatesCurrent,
                    ConditionType.EvictsKeys,
                    ConditionType.NearConnectionLimit,
                    ConditionType.ClientsReady,
                    ConditionType.JobsLeftBehind)
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
     * @param ends when the first certificate ends that somebody holds; none on a plain connection
     */
    public void told(String namespace, String name, Map<String, String> conditions, Map<Holder, Instant> ends) {
        brokers.computeIfAbsent(tags(namespace, name), tags -> new Gauges(registry, tags))
                .tell(conditions, ends);
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
        private final List<Meter> expiries;
        private volatile Map<Holder, Instant> ends = Map.of();

        Gauges(MeterRegistry registry, Tags broker) {
            conditions = new ConditionGauges(registry, "workerpool.broker.condition", broker, CONDITIONS);
            expiries = Arrays.stream(Holder.values())
                    .<Meter>map(holder -> Gauge.builder(
                                    "workerpool.broker.certificate.expiry.timestamp.seconds",
                                    this,
                                    gauges -> gauges.end(holder))
                            .description(
                                    "When the first certificate ends that the server, a client or the bundle has, in seconds since 1970")
                            .tags(broker.and("certificate", holder.name().toLowerCase(Locale.ROOT)))
                            .register(registry))
                    .toList();
        }

        void tell(Map<String, String> statuses, Map<Holder, Instant> certificatesEnd) {
            conditions.tell(statuses);
            ends = Map.copyOf(certificatesEnd);
        }

        private double end(Holder holder) {
            return Optional.ofNullable(ends.get(holder))
                    .map(time -> (double) time.getEpochSecond())
                    .orElse(Double.NaN);
        }

        void remove(MeterRegistry registry) {
            conditions.meters().forEach(registry::remove);
            expiries.forEach(registry::remove);
        }
    }
}
