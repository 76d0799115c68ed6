package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.IssuedIdentity;
import dev.workerpool.desired.Proven;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which pools and pods, Terminating ones included, have another identity than one that the present authority signed, or may have: what is
 * not known to be good is waited for.
 */
final class FormerHolders implements ClientAuthorities.FormerUse {
    private static final int TOLD = 5;

    private final PoolCaches caches;
    private final PodCache pods;
    private final BrokerSecretsCache secrets;
    private final FormerClients clients;

    FormerHolders(PoolCaches caches, PodCache pods, BrokerSecretsCache secrets, FormerClients clients) {
        this.caches = caches;
        this.pods = pods;
        this.secrets = secrets;
        this.clients = clients;
    }

    @Override
    public List<String> of(Broker broker, Predicate<X509Certificate> isOfInUse) {
        BrokerKey key = BrokerReconciler.key(broker);
        Set<String> good = secrets.issuedAt(key.namespace(), key.name()).stream()
                .filter(secret -> IssuedIdentity.leaf(secret).filter(isOfInUse).isPresent())
                .map((Secret secret) -> secret.getMetadata().getName())
                .collect(Collectors.toSet());
        List<String> all = Stream.of(
                        pools(key, good),
                        pods.withoutAnyOf(key.namespace(), key.name(), good),
                        clients.of(broker, isOfInUse).stream())
                .flatMap(some -> some)
                .toList();
        return all.size() <= TOLD
                ? all
                : Stream.concat(all.stream().limit(TOLD), Stream.of("%d more".formatted(all.size() - TOLD)))
                        .toList();
    }

    private Stream<String> pools(BrokerKey broker, Set<String> good) {
        return caches.poolsOf(broker).stream()
                .sorted(Comparator.comparing(PoolKey::name))
                .flatMap(pool -> Behind.of(
                        caches,
                        pool,
                        given -> given.flatMap(Proven::identity)
                                .filter(good::contains)
                                .isPresent()));
    }
}
