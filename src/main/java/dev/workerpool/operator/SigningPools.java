package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.FrameworkName;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.PoolIdentity;
import dev.workerpool.desired.PoolSigning;
import dev.workerpool.desired.Proven;
import dev.workerpool.desired.SigningData;
import dev.workerpool.tls.Signer;
import dev.workerpool.tls.Signers;
import dev.workerpool.tls.SigningPhase;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pools that sign messages at a Broker, and those of them that do not run by what they are to be given. */
final class SigningPools {
    private final PoolCaches caches;
    private final PodCache pods;

    SigningPools(PoolCaches caches, PodCache pods) {
        this.caches = caches;
        this.pods = pods;
    }

    /** Those whose workers the operator starts. */
    List<WorkerPool> of(BrokerKey broker) {
        return celery(broker).filter(pool -> pool.getSpec().template() != null).toList();
    }

    /** Those whose workers somebody else starts, who would have to see to signing: by name. */
    List<String> outOfReach(BrokerKey broker) {
        return celery(broker)
                .filter(pool -> pool.getSpec().template() == null)
                .map(pool -> pool.getMetadata().getName())
                .sorted()
                .toList();
    }

    private Stream<WorkerPool> celery(BrokerKey broker) {
        return caches.poolsOf(broker).stream()
                .flatMap(key -> caches.pool(key.namespace(), key.name()).stream())
                .filter(pool -> pool.getMetadata().getDeletionTimestamp() == null)
                .filter(pool -> pool.getSpec().framework() == FrameworkName.Celery);
    }

    /** What each is to be given, by pool; without those that are to run only later. */
    private Map<String, Optional<String>> desired(Broker broker, Signers signers) {
        Map<String, Optional<String>> desired = new TreeMap<>();
        for (WorkerPool pool : of(BrokerReconciler.key(broker))) {
            String name = pool.getMetadata().getName();
            boolean joins = signers.phase() != SigningPhase.Off
                    && signers.signer(SigningData.nameOfPool(name))
                            .flatMap(Signer::inUse)
                            .isEmpty();
            if (!joins) {
                desired.put(
                        name,
                        secret(broker, signers, pool)
                                .map(secret -> secret.getMetadata().getName()));
            }
        }
        return desired;
    }

    private static Optional<Secret> secret(Broker broker, Signers signers, WorkerPool pool) {
        var metadata = pool.getMetadata();
        PoolIdentity identity = new PoolIdentity(metadata.getNamespace(), metadata.getName(), metadata.getUid());
        return PoolSigning.of(broker, signers, PoolSigning.Pool.of(identity, pool.getSpec()));
    }

    /** The names of all Secrets that pools are to be given now. */
    Stream<String> secrets(Broker broker, Signers signers) {
        return desired(broker, signers).values().stream().flatMap(Optional::stream);
    }

    /** Pools and pods, Terminating ones included, that have something else, in words for people. */
    Stream<String> behind(Broker broker, Signers signers) {
        BrokerKey key = BrokerReconciler.key(broker);
        Map<String, Optional<String>> desired = desired(broker, signers);
        Stream<String> pools = desired.entrySet().stream()
                .flatMap(entry -> Behind.of(
                        caches,
                        new PoolKey(key.namespace(), entry.getKey()),
                        given -> given.flatMap(Proven::signing).equals(entry.getValue())));
        return Stream.concat(
                pools,
                pods.ofBroker(
                        key.namespace(),
                        key.name(),
                        (pool, secrets) -> isBehind(key, pool, secrets, Optional.ofNullable(desired.get(pool)))));
    }

    /** Of a pool that is gone, until they have ended. */
    private boolean isBehind(BrokerKey broker, String pool, Set<String> secrets, Optional<Optional<String>> desired) {
        boolean signs = secrets.stream().anyMatch(secret -> secret.startsWith(pool + PoolSigning.MIDDLE));
        return desired.map(secret -> secret.map(name -> !secrets.contains(name)).orElse(signs))
                .orElseGet(() -> signs && caches.pool(broker.namespace(), pool).isEmpty());
    }
}
