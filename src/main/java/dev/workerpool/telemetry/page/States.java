package dev.workerpool.telemetry.page;

import java.util.List;

/** One word for how an object is, from its conditions. */
final class States {
    private States() {}

    /** Stalled needs a person; Blind holds its size for want of knowledge; Changing is on its way; Ready is well. */
    static String ofPool(List<Told> conditions) {
        if (is(conditions, "Stalled", "True")) {
            return "Stalled";
        }
        if (is(conditions, "BrokerReady", "False")) {
            return "Broker";
        }
        if (conditions.stream()
                .anyMatch(told -> told.type().equals("ScalingActive")
                        && told.status().equals("False")
                        && told.reason().endsWith("Unknown"))) {
            return "Blind";
        }
        return is(conditions, "Ready", "True") ? "Ready" : "Changing";
    }

    private static boolean is(List<Told> conditions, String type, String status) {
        return conditions.stream()
                .anyMatch(told -> told.type().equals(type) && told.status().equals(status));
    }
}
