package dev.workerpool.operator;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.scaling.Totals;
import dev.workerpool.telemetry.PoolMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to pools, told to metrics and log. */
record MeteredPools(PoolMetrics metrics) implements PoolListener {
    private static final Logger LOG = LoggerFactory.getLogger(MeteredPools.class);

    @Override
    public void observed(PoolKey pool, Totals totals, Fleet fleet, Decision decision) {
        metrics.observed(pool, totals, fleet, decision);
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
        metrics.scaled(pool, decision);
    }

    @Override
    public void gone(PoolKey pool) {
        metrics.gone(pool);
    }
}
