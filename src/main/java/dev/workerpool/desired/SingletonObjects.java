package dev.workerpool.desired;

import dev.workerpool.api.Singleton;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What runs exactly once beside a pool's workers: a StatefulSet of one, which starts a pod only when the one before it is gone. A Deployment
 * has two for a while whenever it rolls or a pod is evicted.
 */
public final class SingletonObjects {
    /** One that ends again and again is not taken for one that runs in the moments between. */
    private static final int MIN_READY_SECONDS = 10;

    private SingletonObjects() {}

    /** Those that people ask for. */
    public static List<Singleton> asked(PoolSettings settings) {
        return Optional.ofNullable(settings.spec().singletons()).orElse(List.of());
    }

    /** Those that are workers of the framework themselves, by their command line. */
    public static List<String> workers(PoolSettings settings) {
        return asked(settings).stream()
                .filter(singleton -> settings.framework().starts(singleton.words()))
                .map(Singleton::name)
                .toList();
    }

    public static String name(PoolSettings settings, Singleton singleton) {
        return settings.identity().name() + "-" + singleton.name();
    }

    /** Of one replica, whatever the pool's size. */
    public static StatefulSet statefulSet(PoolSettings settings, Proven proven, Singleton singleton) {
        String pool = settings.identity().name();
        String name = name(settings, singleton);
        StatefulSet rendered = new StatefulSetBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(settings.identity().namespace())
                        .withName(name)
                        .withLabels(Labels.ofPool(pool, settings.broker()))
                        .addToLabels(Labels.SINGLETON, singleton.name())
                        .withOwnerReferences(settings.identity().owner())
                        .build())
                .withNewSpec()
                .withReplicas(1)
                .withServiceName(name)
                .withNewSelector()
                .addToMatchLabels(Labels.selector(pool, singleton.name()))
                .endSelector()
                .withMinReadySeconds(MIN_READY_SECONDS)
                // In order, a pod that never becomes ready would keep its successor from being tried.
                .withPodManagementPolicy("Parallel")
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(0)
                .endRollingUpdate()
                .endUpdateStrategy()
                .withTemplate(Restriction.of(new SingletonPod(settings, proven, singleton).template()))
                .endSpec()
                .build();
        return new StatefulSetBuilder(PoolObjects.stamped(rendered))
                .editMetadata()
                .addToAnnotations(Labels.INPUTS, inputs(settings, proven, singleton))
                .endMetadata()
                .build();
    }

    /** Whether people want nothing else of it than what it has, whatever its Broker gives by now. */
    public static boolean isAsAsked(PoolSettings settings, Singleton singleton, StatefulSet live) {
        return Given.to(live)
                .filter(given -> inputs(settings, given, singleton).equals(Labels.annotation(live, Labels.INPUTS)))
                .isPresent();
    }

    /** What people and proofs put into the template; while it is the same, a newer operator restarts nobody. */
    private static String inputs(PoolSettings settings, Proven proven, Singleton singleton) {
        var spec = settings.spec();
        return Fingerprint.of(Arrays.asList(
                settings.broker(),
                spec.framework(),
                spec.celery(),
                spec.sidekiq(),
                spec.rq(),
                spec.bullmq(),
                spec.resque(),
                spec.custom(),
                spec.queues(),
                settings.scaling().concurrency(),
                settings.drainTimeout().toString(),
                spec.template(),
                singleton,
                proven.connectionSecret(),
                proven.trustSecret().orElse(""),
                Given.takesNoCode(settings) ? "" : proven.code().orElse(""),
                proven.identity().orElse(""),
                proven.signing().orElse("")));
    }
}
