package dev.workerpool.operator;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Sighting;
import dev.workerpool.status.Lifetime.Holder;
import dev.workerpool.telemetry.BrokerMetrics;
import dev.workerpool.telemetry.PoolMetrics;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to pools and Brokers, told to metrics and log. */
record Metered(PoolMetrics pools, BrokerMetrics brokers) implements PoolListener, BrokerListener {
    private static final Logger LOG = LoggerFactory.getLogger(Metered.class);

    @Override
    public void observed(PoolKey pool, Sighting sighting) {
        pools.observed(pool, sighting);
    }

    @Override
    public void told(PoolKey pool, List<Condition> conditions) {
        pools.told(pool, byType(conditions));
    }

    @Override
    public void scaled(PoolKey pool, int from, int to, Decision decision) {
        LOG.info(
                "{}/{}: from {} to {}: {}, {}",
                pool.namespace(),
                pool.name(),
                from,
                to,
                decision.reason(),
                decision.message());
        pools.scaled(pool, decision);
    }

    @Override
    public void gone(PoolKey pool) {
        pools.gone(pool);
    }

    @Override
    public void told(BrokerKey broker, BrokerStatus status, Map<Holder, Instant> ends) {
        brokers.told(broker.namespace(), broker.name(), byType(Objects.requireNonNull(status.conditions())), ends);
    }

    @Override
    public void gone(BrokerKey broker) {
        brokers.gone(broker.namespace(), broker.name());
    }

    @Override
    public void noneKnown() {
        pools.clear();
        brokers.clear();
    }

    private static Map<String, String> byType(List<Condition> conditions) {
        return conditions.stream().collect(Collectors.toMap(Condition::getType, Condition::getStatus));
    }
}
