package dev.workerpool.testing.builders;

import dev.workerpool.api.Access;
import dev.workerpool.api.Celery;
import dev.workerpool.api.FrameworkName;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.api.Queue;
import dev.workerpool.api.Scaling;
import dev.workerpool.api.Sidekiq;
import dev.workerpool.api.Singleton;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolSpec;
import dev.workerpool.api.WorkloadRef;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code aWorkerPool().withQueue("mail").build()}: Sidekiq, unless a test says otherwise, in one container named worker. */
public final class AWorkerPool {
    private static final String NAME = "mail";

    private final List<Queue> queues = new ArrayList<>();
    private final List<Singleton> singletons = new ArrayList<>();
    private FrameworkName framework = FrameworkName.Sidekiq;
    private @Nullable Celery celery;
    private @Nullable Sidekiq sidekiq;
    private @Nullable Integer concurrency;
    private @Nullable String drainTimeout;
    private @Nullable Scaling scaling;
    private @Nullable WorkloadRef workload;
    private @Nullable Access access;
    private @Nullable PodTemplateSpec template = new PodTemplateSpecBuilder()
            .withNewSpec()
            .addToContainers(new ContainerBuilder()
                    .withName("worker")
                    .withImage("example.com/worker")
                    .build())
            .endSpec()
            .build();

    private AWorkerPool() {}

    public static AWorkerPool aWorkerPool() {
        return new AWorkerPool();
    }

    public AWorkerPool withQueue(String name) {
        queues.add(new Queue(name));
        return this;
    }

    public AWorkerPool ofCelery(String app) {
        framework = FrameworkName.Celery;
        celery = new Celery(app, null, null, null, null);
        return this;
    }

    public AWorkerPool keepingResultsAtTheBroker() {
        celery = new Celery(Objects.requireNonNull(celery).app(), null, null, Celery.ResultBackend.Broker, null);
        return this;
    }

    /** Its application takes the URL from that one. */
    public AWorkerPool ofSidekiqReading(String variable) {
        sidekiq = new Sidekiq(variable);
        return this;
    }

    public AWorkerPool withConcurrency(int jobs) {
        concurrency = jobs;
        return this;
    }

    public AWorkerPool withDrainTimeout(String duration) {
        drainTimeout = duration;
        return this;
    }

    public AWorkerPool withAccess(Access wish) {
        access = wish;
        return this;
    }

    public AWorkerPool withScaling(Scaling wish) {
        scaling = wish;
        return this;
    }

    public AWorkerPool scalingDeployment(String name) {
        workload = new WorkloadRef(null, name);
        template = null;
        return this;
    }

    public AWorkerPool withTemplate(UnaryOperator<PodTemplateSpecBuilder> change) {
        template = change.apply(new PodTemplateSpecBuilder(template)).build();
        return this;
    }

    public AWorkerPool withContainers(String... names) {
        return withTemplate(pod -> pod.editSpec()
                .withContainers(List.of(names).stream()
                        .map(name -> new ContainerBuilder().withName(name).build())
                        .toList())
                .endSpec());
    }

    /** The first container. */
    public AWorkerPool withWorker(Function<ContainerBuilder, ContainerBuilder> change) {
        return withTemplate(pod -> {
            List<Container> containers = new ArrayList<>(pod.buildSpec().getContainers());
            containers.set(
                    0, change.apply(new ContainerBuilder(containers.getFirst())).build());
            return pod.editSpec().withContainers(containers).endSpec();
        });
    }

    public AWorkerPool withSingleton(String name, String... command) {
        singletons.add(new Singleton(name, List.of(command), null));
        return this;
    }

    public WorkerPool build() {
        WorkerPool pool = new WorkerPool();
        pool.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName(NAME)
                .withUid("uid-of-" + NAME)
                .withGeneration(1L)
                .build());
        pool.setSpec(new WorkerPoolSpec(
                new ObjectRef("jobs"),
                framework,
                celery,
                sidekiq,
                null,
                null,
                null,
                null,
                queues.isEmpty() ? List.of(new Queue("default")) : List.copyOf(queues),
                concurrency,
                drainTimeout,
                template,
                workload,
                singletons.isEmpty() ? null : List.copyOf(singletons),
                null,
                null,
                null,
                null,
                scaling,
                null,
                null,
                access));
        return pool;
    }
}
