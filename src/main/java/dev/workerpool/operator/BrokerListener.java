package dev.workerpool.operator;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.status.Lifetime.Holder;
import java.time.Instant;
import java.util.Map;

/** Told what is found of Brokers, for metrics. In any thread; must return fast. */
interface BrokerListener {

    /**
     * Of each report, whether it says anything new or not.
     *
     * @param ends when the first certificate ends that somebody holds
     */
    void told(BrokerKey broker, BrokerStatus status, Map<Holder, Instant> ends);

    /** The Broker is gone, or nothing is known of it any more. */
    void gone(BrokerKey broker);

    /** This process no longer leads: nothing is known of any Broker. */
    void noneKnown();
}
