package dev.workerpool.operator;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Sighting;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** Told what is seen and decided of pools, for metrics. In any thread; must return fast. */
interface PoolListener {

    /** Of each measurement. */
    void observed(PoolKey pool, Sighting sighting);

    /** Of each report: its conditions, whether they are new or not. */
    void told(PoolKey pool, List<Condition> conditions);

    /** The replicas of a Deployment were changed. */
    void scaled(PoolKey pool, int from, int to, Decision decision);

    /** The pool is gone, or nothing is known of it any more. */
    void gone(PoolKey pool);

    /** This process no longer leads: nothing is known of any pool. */
    void noneKnown();
}
