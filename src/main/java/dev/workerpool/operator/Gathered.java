package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/** Everything one reconcile of a pool looks at. */
record Gathered(PoolMonitor.View view, BrokerView broker, Optional<Deployment> live) {
    /** Whether a first reading comes within a moment: people are told of a size and of its reason, not of a start. */
    boolean reportLater() {
        return broker instanceof BrokerView.Usable usable && usable.trouble().isEmpty() && view.awaitsReading();
    }
}
