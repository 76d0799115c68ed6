package dev.workerpool.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** Whether this process is the one that writes. */
public final class LeaderMetric {
    private LeaderMetric() {}

    public static void register(MeterRegistry registry, BooleanSupplier leads) {
        Gauge.builder("workerpool.leader", () -> leads.getAsBoolean() ? 1 : 0)
                .description("Whether this process is the one that writes: 1 or 0")
                .register(registry);
    }
}
