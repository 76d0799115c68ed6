package dev.workerpool.desired;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Celery;
import dev.workerpool.api.WorkerPoolSpec;
import dev.workerpool.tls.Signers;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The immutable Secret by which a pool signs, and knows who signs: the pool's own, and named by its content. */
public final class PoolSigning {
    public static final String KIND = "signing";

    /** Between the pool's name and the hash. */
    public static final String MIDDLE = "-signing-";

    private PoolSigning() {}

    /** Whose it is. */
    public record Pool(String namespace, String name, OwnerReference owner, Optional<Celery> celery) {
        public static Pool of(PoolIdentity identity, WorkerPoolSpec spec) {
            return new Pool(
                    identity.namespace(), identity.name(), identity.owner(), Optional.ofNullable(spec.celery()));
        }
    }

    /** Empty while it has no key in use, or is to have none. */
    public static Optional<Secret> of(Broker broker, Signers signers, Pool pool) {
        return SigningData.ofPool(broker, signers, pool.name(), pool.celery().map(Celery::acceptFrom))
                .map(files -> secret(broker, pool, files));
    }

    private static Secret secret(Broker broker, Pool pool, Map<String, String> files) {
        Map<String, String> data = SecretText.encoded(files);
        Map<String, String> labels =
                new TreeMap<>(Labels.ofBroker(broker.getMetadata().getName(), KIND));
        labels.put(Labels.HOLDER, pool.name());
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(pool.namespace())
                .withName(pool.name()
                        + MIDDLE
                        + Fingerprint.of(Map.of("uid", pool.owner().getUid(), "data", data)))
                .withLabels(labels)
                .withOwnerReferences(pool.owner())
                .endMetadata()
                .withImmutable(true)
                .withType("Opaque")
                .withData(data)
                .build();
    }
}
