package dev.workerpool.operator;

import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Names a Broker. */
record BrokerKey(String namespace, String name) {
    ResourceID id() {
        return new ResourceID(name, namespace);
    }
}
