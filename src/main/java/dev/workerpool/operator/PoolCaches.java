package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the pool controller watches: its pools, what it makes for them, and the Brokers they refer to. */
record PoolCaches(
        IndexerResourceCache<WorkerPool> pools,
        InformerEventSource<Deployment, WorkerPool> deployments,
        InformerEventSource<StatefulSet, WorkerPool> singletons,
        InformerEventSource<ServiceAccount, WorkerPool> accounts,
        InformerEventSource<PodDisruptionBudget, WorkerPool> budgets,
        InformerEventSource<NetworkPolicy, WorkerPool> policies,
        InformerEventSource<Broker, WorkerPool> brokers) {
    private static final String BY_BROKER = "broker";
    private static final String BY_SECRET = "secret";
    private static final String BY_POOL = "pool";
    private static final String OURS = Labels.MANAGED_BY + "=" + Labels.OPERATOR;

    static PoolCaches of(EventSourceContext<WorkerPool> context) {
        IndexerResourceCache<WorkerPool> pools = context.getPrimaryCache();
        pools.addIndexers(Map.of(
                BY_BROKER, pool -> List.of(key(pool, pool.getSpec().brokerRef().name()))));
        InformerEventSource<Deployment, WorkerPool> deployments =
                children(Deployment.class, context, Noteworthy.DEPLOYMENT);
        deployments.addIndexers(Map.of(
                BY_SECRET,
                deployment -> secretsOf(deployment, deployment.getSpec().getTemplate())));
        InformerEventSource<StatefulSet, WorkerPool> singletons =
                children(StatefulSet.class, context, Noteworthy.STATEFUL_SET);
        singletons.addIndexers(Map.of(
                BY_SECRET,
                singleton -> secretsOf(singleton, singleton.getSpec().getTemplate()),
                BY_POOL,
                PoolCaches::ownersOf));
        return new PoolCaches(
                pools,
                deployments,
                singletons,
                children(ServiceAccount.class, context, Noteworthy.OBJECT),
                children(PodDisruptionBudget.class, context, Noteworthy.OBJECT),
                children(NetworkPolicy.class, context, Noteworthy.OBJECT),
                brokers(pools, context));
    }

    List<EventSource<?, WorkerPool>> eventSources() {
        return List.of(deployments, singletons, accounts, budgets, policies, brokers);
    }

    Optional<Deployment> deployment(String namespace, String name) {
        return deployments.get(new ResourceID(name, namespace));
    }

    Optional<Broker> broker(String namespace, String name) {
        return brokers.get(new ResourceID(name, namespace));
    }

    Optional<WorkerPool> pool(String namespace, String name) {
        return pools.get(new ResourceID(name, namespace));
    }

    /** All that refer to it, valid or not. */
    List<PoolKey> poolsOf(BrokerKey broker) {
        return pools.byIndex(BY_BROKER, broker.namespace() + "/" + broker.name()).stream()
                .map(PoolReconciler::key)
                .toList();
    }

    /** What runs once beside a pool's workers, or did under a pool of that name that is gone. */
    List<StatefulSet> singletonsOf(PoolKey pool) {
        return singletons.byIndex(BY_POOL, pool.namespace() + "/" + pool.name());
    }

    /** Whether some Deployment or StatefulSet would start pods with this Secret, though it may have none now. */
    boolean someTemplateNames(String namespace, String secret) {
        String key = namespace + "/" + secret;
        return !deployments.byIndex(BY_SECRET, key).isEmpty()
                || !singletons.byIndex(BY_SECRET, key).isEmpty();
    }

    private static <R extends HasMetadata> InformerEventSource<R, WorkerPool> children(
            Class<R> kind, EventSourceContext<WorkerPool> context, OnUpdateFilter<? super R> noteworthy) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, WorkerPool.class)
                        .withLabelSelector(OURS)
                        .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(WorkerPool.class))
                        .withOnUpdateFilter(noteworthy)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
    }

    private static InformerEventSource<Broker, WorkerPool> brokers(
            IndexedResourceCache<WorkerPool> pools, EventSourceContext<WorkerPool> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Broker.class, WorkerPool.class)
                        .withName("brokers-of-pools")
                        .withSecondaryToPrimaryMapper(broker -> poolsOf(broker, pools))
                        // The pool names the Broker; nothing on the Broker names the pool.
                        .withPrimaryToSecondaryMapper((WorkerPool pool) -> Set.of(new ResourceID(
                                pool.getSpec().brokerRef().name(),
                                pool.getMetadata().getNamespace())))
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
    }

    private static Set<ResourceID> poolsOf(Broker broker, IndexedResourceCache<WorkerPool> pools) {
        return pools.byIndex(BY_BROKER, key(broker, broker.getMetadata().getName())).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static List<String> secretsOf(HasMetadata of, PodTemplateSpec template) {
        return PodCache.secretsOf(template.getSpec())
                .map(secret -> key(of, secret))
                .toList();
    }

    private static List<String> ownersOf(HasMetadata child) {
        return child.getMetadata().getOwnerReferences().stream()
                .filter(owner -> "WorkerPool".equals(owner.getKind()))
                .map(owner -> key(child, owner.getName()))
                .toList();
    }

    private static String key(HasMetadata of, String name) {
        return of.getMetadata().getNamespace() + "/" + name;
    }
}
