package dev.workerpool.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;

/** One object's conditions, each a gauge: 1 where it is True, 0 where it is False, NaN where it is Unknown or not said. */
final class ConditionGauges {
    static final String DESCRIPTION = "Whether a condition of the object holds: 1, 0, or NaN where that is unknown";

    private volatile Map<String, String> statuses = Map.of();
    private final List<Meter> meters;

    ConditionGauges(MeterRegistry registry, String metric, Tags object, List<String> types) {
        this.meters = types.stream()
                .<Meter>map(type -> Gauge.builder(metric, this, now -> value(now.statuses, type))
                        .description(DESCRIPTION)
                        .tags(object.and("condition", type))
                        .register(registry))
                .toList();
    }

    void tell(Map<String, String> now) {
        statuses = Map.copyOf(now);
    }

    List<Meter> meters() {
        return meters;
    }

    static double value(Map<String, String> statuses, String type) {
        return switch (statuses.getOrDefault(type, "Unknown")) {
            case "True" -> 1;
            case "False" -> 0;
            default -> Double.NaN;
        };
    }
}
