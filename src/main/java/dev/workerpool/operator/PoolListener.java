package dev.workerpool.operator;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.scaling.Totals;

/** Told what is seen and decided of pools, for metrics. In any thread; must return fast. */
public interface PoolListener {

    /** Of each measurement. */
    void observed(PoolKey pool, Totals totals, Fleet fleet, Decision decision);

    /** The replicas of a Deployment were changed. */
    void scaled(PoolKey pool, int from, int to, Decision decision);

    /** The pool is gone. */
    void gone(PoolKey pool);
}
