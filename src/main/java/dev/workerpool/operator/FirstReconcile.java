package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once how long it took from the start of this process until it had reconciled something: until it was of use. */
final class FirstReconcile implements Metrics {
    private static final Logger LOG = LoggerFactory.getLogger(FirstReconcile.class);

    private final BooleanSupplier leads;
    private final AtomicBoolean said = new AtomicBoolean();

    /** @param leads a standby lets everything pass, and that does not count */
    FirstReconcile(BooleanSupplier leads) {
        this.leads = leads;
    }

    /** Its status has been written. */
    @Override
    public void finishedReconciliation(HasMetadata of, Map<String, Object> metadata) {
        if (!said.get() && leads.getAsBoolean() && said.compareAndSet(false, true)) {
            LOG.info(
                    "first reconcile, of {} {}/{}, ended after {} ms",
                    of.getKind(),
                    of.getMetadata().getNamespace(),
                    of.getMetadata().getName(),
                    ManagementFactory.getRuntimeMXBean().getUptime());
        }
    }
}
