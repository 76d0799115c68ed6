package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.Set;

/** Secrets and ConfigMaps that Brokers name. */
interface Referents {
    /** One named object. */
    record Name(Class<? extends HasMetadata> kind, String namespace, String name) {}

    /** What a Broker names now; only that can be asked for. */
    void follow(ResourceID broker, Set<Name> names);

    Optional<Secret> secret(String namespace, String name);

    Optional<ConfigMap> configMap(String namespace, String name);
}
