package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person says of a pool. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(WorkerPoolSchema.class)
@ValidationRule(
        value = "has(self.template) != has(self.workloadRef)",
        message = "give either a template to run, or a workloadRef to scale, not both")
@ValidationRule(
        value = "!has(self.workloadRef) || !(has(self.strategy) || has(self.minReadySeconds) || "
                + "has(self.progressDeadlineSeconds))",
        message =
                "strategy, minReadySeconds and progressDeadlineSeconds belong to the Deployment that workloadRef names")
@ValidationRule(
        value = "self.framework == 'Celery' || !has(self.celery)",
        message = "celery goes with framework: Celery",
        fieldPath = ".celery")
@ValidationRule(
        value = "self.framework != 'Celery' || !has(self.template) || (has(self.celery) && has(self.celery.app)) || "
                + "!self.template.spec.containers.exists(c, !has(c.command) && !has(c.args) && "
                + "(c.name == 'worker' || self.template.spec.containers.size() == 1))",
        message = "celery.app is needed: the worker's container in template gives no command")
@ValidationRule(
        value = "!has(self.workloadRef) || !has(self.celery) || !has(self.celery.app)",
        message = "celery.app goes with template: what workloadRef names starts its own workers",
        fieldPath = ".celery")
@ValidationRule(
        value = "self.framework == 'Sidekiq' || !has(self.sidekiq)",
        message = "sidekiq goes with framework: Sidekiq",
        fieldPath = ".sidekiq")
@ValidationRule(
        value = "self.framework == 'RQ' || !has(self.rq)",
        message = "rq goes with framework: RQ",
        fieldPath = ".rq")
@ValidationRule(
        value = "self.framework == 'BullMQ' || !has(self.bullmq)",
        message = "bullmq goes with framework: BullMQ",
        fieldPath = ".bullmq")
@ValidationRule(
        value = "self.framework == 'Resque' || !has(self.resque)",
        message = "resque goes with framework: Resque",
        fieldPath = ".resque")
@ValidationRule(
        value =
                "self.framework != 'Resque' || !has(self.template) || (has(self.concurrency) && self.concurrency == 1) || "
                        + "!self.template.spec.containers.exists(c, !has(c.command) && !has(c.args) && "
                        + "(c.name == 'worker' || self.template.spec.containers.size() == 1))",
        message = "concurrency must be 1: the worker's container in template gives no command, and a worker of Resque "
                + "runs one job at a time")
@ValidationRule(
        value = "self.queues.all(q, self.queues.exists_one(o, o.name == q.name))",
        message = "the names of the queues must differ",
        fieldPath = ".queues")
@ValidationRule(
        value = "(has(self.progressDeadlineSeconds) ? self.progressDeadlineSeconds : 600) > "
                + "(has(self.minReadySeconds) ? self.minReadySeconds : 0)",
        message = "progressDeadlineSeconds (600 when it is left out) must be greater than minReadySeconds",
        fieldPath = ".progressDeadlineSeconds")
@ValidationRule(
        value = "(self.framework == 'Custom') == has(self.custom)",
        message = "custom goes with framework: Custom, which needs it to know the keys to read")
@ValidationRule(
        value = "self.framework != 'Custom' || !has(self.scaling) || !has(self.scaling.minReplicas) || "
                + "self.scaling.minReplicas > 0 || (has(self.custom) && has(self.custom.running))",
        message = "minReplicas: 0 needs custom.running: without it nobody can tell an idle worker from a busy one")
@ValidationRule(
        value = "!has(self.drainTimeout) || (self.drainTimeout.matches('" + Api.DURATION + "') && "
                + "duration(self.drainTimeout) >= duration('10s') && "
                + "duration(self.drainTimeout) <= duration('24h'))",
        message = "drainTimeout must be a duration between 10s and 24h, such as 30s or 5m",
        fieldPath = ".drainTimeout")
@ValidationRule(
        value = "!has(self.stuckAfter) || (self.stuckAfter.matches('" + Api.DURATION + "') && "
                + "duration(self.stuckAfter) >= duration('10s') && "
                + "duration(self.stuckAfter) <= duration('24h'))",
        message = "stuckAfter must be a duration between 10s and 24h, such as 30s or 5m",
        fieldPath = ".stuckAfter")
@ValidationRule(
        value = "!has(self.workloadRef) || !has(self.onStuck) || self.onStuck == 'Report'",
        message = "onStuck: Replace goes with template: of what workloadRef names nothing but its scale is touched",
        fieldPath = ".onStuck")
@ValidationRule(
        value = "!has(self.workloadRef) || !has(self.access)",
        message = "access goes with template: of what workloadRef names nothing but its scale is touched",
        fieldPath = ".access")
@ValidationRule(
        value = "!has(self.workloadRef) || !has(self.singletons)",
        message = "singletons goes with template: they run what the template says, with another command",
        fieldPath = ".singletons")
public record WorkerPoolSpec(
        @Required @JsonPropertyDescription("The Broker whose queues these workers serve, in the same namespace")
        ObjectRef brokerRef,

        @Required
        @JsonPropertyDescription(
                "The job framework: Celery, Sidekiq, RQ, BullMQ (Bull, too), Resque, or Custom for other lists, sets and streams")
        FrameworkName framework,

        @JsonPropertyDescription("For framework: Celery") @Nullable Celery celery,

        @JsonPropertyDescription("For framework: Sidekiq") @Nullable Sidekiq sidekiq,

        @JsonPropertyDescription("For framework: RQ") @Nullable Rq rq,

        @JsonPropertyDescription("For framework: BullMQ") @Nullable BullMq bullmq,

        @JsonPropertyDescription("For framework: Resque") @Nullable Resque resque,

        @JsonPropertyDescription("For framework: Custom: which keys to read") @Nullable Custom custom,

        @Required
        @Size(min = 1, max = 64) @JsonPropertyDescription("The queues these workers take from, the most important first")
        List<Queue> queues,

        @Default("10")
        @Min(1) @Max(1000) @JsonPropertyDescription("Jobs one pod runs at a time; passed on to the worker")
        @Nullable Integer concurrency,

        @Default("5m")
        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription("The longest a pod may take to finish what it runs, such as 5m; 10s to 24h. "
                + "The pod's grace period is 10 s more, the framework's own timeout 5 s less")
        @Nullable String drainTimeout,

        @JsonPropertyDescription(
                "The pods, as in a Deployment. The worker is the container named worker, or the only one. "
                        + "Fields newer than this schema are passed on")
        @Nullable PodTemplateSpec template,

        @JsonPropertyDescription("Instead of template: scale what someone else owns, and touch nothing but its scale")
        @Nullable WorkloadRef workloadRef,

        @Size(max = 8) @JsonPropertyDescription(
                "What must run exactly once, such as Celery's beat: each is a StatefulSet of one pod, made from the template with another "
                        + "command, that is never scaled and runs on while the pool is at zero")
        @Nullable List<Singleton> singletons,

        @JsonPropertyDescription("As in a Deployment") @Nullable DeploymentStrategy strategy,

        @Min(0) @JsonPropertyDescription("As in a Deployment") @Nullable Integer minReadySeconds,

        @JsonPropertyDescription("As in a Deployment; 600 when it is left out") @Nullable Integer progressDeadlineSeconds,

        @SpecReplicas
        @Default("1")
        @Min(0) @Max(10000) @JsonPropertyDescription("How many pods, unless scaling is Active: what kubectl scale and an HPA set")
        @Nullable Integer replicas,

        @JsonPropertyDescription("Lets the operator choose how many pods, from what waits") @Nullable Scaling scaling,

        @Default("5m")
        @Size(max = Api.DURATION_LENGTH) @JsonPropertyDescription(
                "How long a queue's oldest job stays where it is, with workers free to take it, before QueuesConsumed "
                        + "says so; 10s to 24h")
        @Nullable String stuckAfter,

        @Default("Report")
        @JsonPropertyDescription(
                "Report; Replace: also evict a pod that takes nothing meanwhile, one at a time, three in an hour at most")
        @Nullable OnStuck onStuck,

        @JsonPropertyDescription(
                "Who reaches the workers, and whom they reach: a NetworkPolicy, from the moment this is written. None is made while it is left out")
        @Nullable Access access) {}
