package dev.workerpool.operator;

import dev.workerpool.api.BrokerStatus;

/** Told what is found of Brokers, for metrics. In any thread; must return fast. */
interface BrokerListener {

    /** Of each report, whether it says anything new or not. */
    void told(BrokerKey broker, BrokerStatus status);

    /** The Broker is gone, or nothing is known of it any more. */
    void gone(BrokerKey broker);

    /** This process no longer leads: nothing is known of any Broker. */
    void noneKnown();
}
