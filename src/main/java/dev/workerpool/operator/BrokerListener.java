package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** Told what is found of Brokers, for metrics. In any thread; must return fast. */
interface BrokerListener {

    /** Of each report: its conditions, whether they are new or not. */
    void told(BrokerKey broker, List<Condition> conditions);

    /** The Broker is gone, or nothing is known of it any more. */
    void gone(BrokerKey broker);

    /** This process no longer leads: nothing is known of any Broker. */
    void noneKnown();
}
