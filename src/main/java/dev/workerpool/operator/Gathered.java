package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/** Everything one reconcile of a pool looks at. */
record Gathered(PoolMonitor.View view, BrokerView broker, Optional<Deployment> live) {}
